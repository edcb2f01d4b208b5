package io.aftercall.simulator;

import io.aftercall.api.v1.Agent;
import io.aftercall.api.v1.AgentServiceGrpc;
import io.aftercall.api.v1.AgentServiceGrpc.AgentServiceStub;
import io.aftercall.api.v1.Disposition;
import io.aftercall.api.v1.DispositionServiceGrpc;
import io.aftercall.api.v1.DispositionServiceGrpc.DispositionServiceStub;
import io.aftercall.api.v1.ImportAgentsRequest;
import io.aftercall.api.v1.ImportAgentsResponse;
import io.aftercall.api.v1.ImportDispositionsRequest;
import io.aftercall.api.v1.ListDispositionsRequest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * What an administrator sets up before a centre opens: teams, and dispositions where the tenant has none yet. A caller who
 * is none goes without.
 */
final class CentreSetup {
    private static final Logger LOG = Logger.getLogger(CentreSetup.class);
    private static final List<String> TEAMS = List.of("north", "south", "west");

    private static final List<Disposition> CATALOGUE = List.of(
            group("SERVICE", "Service"),
            choice("RESOLVED", "Resolved", "SERVICE"),
            choice("ESCALATED", "Escalated", "SERVICE"),
            group("CONTACT", "Contact"),
            choice("CALL_BACK", "Call back", "CONTACT"),
            choice("WRONG_NUMBER", "Wrong number", "CONTACT"));

    private final AgentServiceStub agents;
    private final DispositionServiceStub dispositions;
    private final UnaryCalls calls;

    CentreSetup(Channel channel, UnaryCalls calls) {
        this.agents = AgentServiceGrpc.newStub(channel);
        this.dispositions = DispositionServiceGrpc.newStub(channel);
        this.calls = calls;
    }

    /** Puts each agent into a team, one after the other. */
    CompletableFuture<Void> teams(List<String> agentIds) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        StreamObserver<ImportAgentsRequest> described = agents.importAgents(new StreamObserver<>() {
            @Override
            public void onNext(ImportAgentsResponse response) {}

            @Override
            public void onError(Throwable error) {
                done.completeExceptionally(error);
            }

            @Override
            public void onCompleted() {
                done.complete(null);
            }
        });
        ImportAgentsRequest.Builder request = ImportAgentsRequest.newBuilder();
        for (int i = 0; i < agentIds.size(); i++) {
            request.addAgents(Agent.newBuilder().setAgentId(agentIds.get(i)).setTeamId(TEAMS.get(i % TEAMS.size())));
        }
        described.onNext(request.build());
        described.onCompleted();
        return done.exceptionally(CentreSetup::goWithout);
    }

    /** Returns the codes that agents may choose; none where the tenant's own catalogue has none of the centre's. */
    CompletableFuture<Set<String>> dispositions() {
        ImportDispositionsRequest all = ImportDispositionsRequest.newBuilder()
                .addAllDispositions(CATALOGUE)
                .build();
        return calls.send(dispositions::listDispositions, ListDispositionsRequest.getDefaultInstance())
                .thenCompose(found -> found.getDispositionsCount() > 0
                        ? CompletableFuture.completedFuture(codes(found.getDispositionsList()))
                        : calls.send(dispositions::importDispositions, all).thenApply(imported -> codes(CATALOGUE)))
                // Without a catalogue every code is taken.
                .exceptionally(error -> {
                    goWithout(error);
                    return codes(CATALOGUE);
                });
    }

    private static Set<String> codes(List<Disposition> dispositions) {
        return dispositions.stream()
                .filter(disposition -> !disposition.getGroup() && (!disposition.hasActive() || disposition.getActive()))
                .map(Disposition::getCode)
                .collect(Collectors.toSet());
    }

    private static Void goWithout(Throwable error) {
        Status status = Status.fromThrowable(error);
        if (status.getCode() != Status.Code.PERMISSION_DENIED) {
            LOG.warnf("The simulated call centre opens without teams or dispositions of its own: %s", status);
        }
        return null;
    }

    private static Disposition group(String code, String label) {
        return Disposition.newBuilder()
                .setCode(code)
                .setLabel(label)
                .setGroup(true)
                .build();
    }

    private static Disposition choice(String code, String label, String parent) {
        return Disposition.newBuilder()
                .setCode(code)
                .setLabel(label)
                .setParentCode(parent)
                .build();
    }
}
