package io.aftercall.simulation;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.BeginInteraction;
import io.aftercall.agent.Command;
import io.aftercall.agent.CompleteAcw;
import io.aftercall.agent.ExtendAcw;
import io.aftercall.agent.PresenceSetting;
import io.aftercall.agent.SetPresence;
import io.aftercall.agent.StartAcw;
import io.aftercall.engine.Samples;
import io.aftercall.interaction.Interaction;
import io.aftercall.policy.AcwInteractionAction;
import io.aftercall.policy.AcwLogoutAction;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyRules;
import io.aftercall.wrapup.WrapUp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Random commands of few agents and few interactions at a time, so that they meet; and random policies. */
final class Commands {

    private static final List<AgentId> AGENTS =
            List.of(Samples.ADA, Samples.BOB, new AgentId("cyd"), new AgentId("dan"));

    private final World world;

    Commands(World world) {
        this.world = world;
    }

    Command next() {
        AgentId agent = AGENTS.get(world.below(AGENTS.size()));
        Interaction interaction = interaction();
        return switch (world.below(12)) {
            case 0, 1 -> new BeginInteraction(agent, interaction, world.percent(50));
            case 2, 3, 4, 5 -> new StartAcw(agent, interaction, new UUID(world.number(), world.number()));
            case 6, 7 ->
                new CompleteAcw(
                        agent,
                        interaction.id(),
                        wrapUp(),
                        "",
                        Optional.empty(),
                        world.percent(20) ? "late" : null,
                        Map.of());
            case 8, 9, 10 -> new ExtendAcw(agent, interaction.id(), world.percent(10));
            default -> new SetPresence(agent, presence());
        };
    }

    /** Of the last seconds, so that commands are about the same ones. */
    private Interaction interaction() {
        long second = world.elapsed().toSeconds();
        return Samples.bare("i-" + Math.max(0, second - world.below(2)) + "-" + world.below(2));
    }

    private Optional<WrapUp> wrapUp() {
        return world.percent(50) ? Optional.empty() : Optional.of(WrapUp.EMPTY.classified("D-" + world.below(3)));
    }

    private PresenceSetting presence() {
        return switch (world.below(4)) {
            case 0 -> PresenceSetting.OFFLINE;
            case 1 -> PresenceSetting.notReady("LUNCH");
            default -> PresenceSetting.AVAILABLE;
        };
    }

    /** ACWs of one or two seconds. */
    PolicyRules policy() {
        return PolicyRules.NONE
                .with(PolicyField.DURATION, world.between(Duration.ofSeconds(1), Duration.ofSeconds(2)))
                .with(PolicyField.EXTENSION_DURATION, Duration.ofSeconds(1))
                .with(PolicyField.MAX_EXTENSIONS, 2)
                .with(PolicyField.WARNING_BEFORE_END, Duration.ofMillis(300))
                .with(PolicyField.REST_DURATION, world.percent(50) ? Duration.ZERO : Duration.ofMillis(400))
                .with(PolicyField.ON_LOGOUT, one(AcwLogoutAction.values()))
                .with(PolicyField.ON_NEW_INTERACTION, one(AcwInteractionAction.values()));
    }

    private <T> T one(T[] values) {
        return values[world.below(values.length)];
    }
}
