package io.aftercall.simulation;

import io.aftercall.engine.AgentStore.Committed;
import io.aftercall.engine.AgentStore.Loaded;
import io.aftercall.engine.AgentStore.Needs;
import io.aftercall.engine.AgentStore.Work;
import io.aftercall.engine.AgentStore.Writes;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One transaction on its way, in the steps of the real one: it asks for the lock and reads; the replica decides; what
 * it decided is committed; the answer comes back. Between any two of them the line may break, the replica crash or
 * stand still.
 */
final class Transaction {

    /** Where the line breaks, if it does. */
    private enum Break {
        NOWHERE,
        BEFORE_THE_LOCK,
        BEFORE_DECIDING,
        BEFORE_THE_COMMIT,
        BEFORE_THE_ANSWER
    }

    private final World world;
    private final Database database;
    private final Machine machine;
    private final Line line;
    private final Wire answers;
    private final Needs needs;
    private final Work work;
    private final Break breaks;
    private final CompletableFuture<Committed> answer = new CompletableFuture<>();
    private final CompletableFuture<Void> ending = new CompletableFuture<>();
    private Database.Session session;

    Transaction(World world, Database database, Machine machine, Line line, Wire answers, Needs needs, Work work) {
        this.world = world;
        this.database = database;
        this.machine = machine;
        this.line = line;
        this.answers = answers;
        this.needs = needs;
        this.work = work;
        this.breaks = line.loses() ? Break.values()[1 + world.below(Break.values().length - 1)] : Break.NOWHERE;
    }

    CompletableFuture<Committed> answer() {
        return answer;
    }

    /** Completes when nothing but its end is left, which has been sent: the next may be sent behind it. */
    CompletableFuture<Void> ending() {
        return ending;
    }

    void begin() {
        if (breaks == Break.BEFORE_THE_LOCK) {
            broken();
        } else {
            machine.whenCrashed(() -> world.after(world.upTo(100), this::rollBack));
            world.after(line.delay(), () -> session = database.begin(this::alone));
        }
    }

    private void alone() {
        Loaded read = database.load(needs);
        long head = Database.done(database.agents.head(Database.TENANT)).revision();
        if (breaks == Break.BEFORE_DECIDING) {
            world.after(line.notice(), this::rollBack);
            broken();
        } else {
            machine.after(line.delay(), () -> decided(new Reading(world, needs).of(read, head), head));
        }
    }

    private void decided(Loaded loaded, long head) {
        Writes writes;
        try {
            writes = work.decide(loaded);
        } catch (RuntimeException refusal) {
            ending.complete(null);
            world.after(line.delay(), this::rollBack);
            answers.send(line.delay(), () -> answer.completeExceptionally(refusal));
            return;
        }
        ending.complete(null);
        if (world.has(Defect.ANSWERS_BEFORE_COMMIT)) {
            answers.send(line.delay(), () -> answer.complete(Reading.foretold(loaded, writes, head)));
        }
        if (breaks == Break.BEFORE_THE_COMMIT) {
            world.after(line.notice(), this::rollBack);
            broken();
        } else {
            world.after(line.delay(), () -> write(writes));
        }
    }

    private void write(Writes writes) {
        if (!writes.isEmpty()) {
            answers.send(line.delay(), work::written);
        }
        world.after(line.delay(), () -> commit(writes));
    }

    private void commit(Writes writes) {
        Optional<Committed> committed = database.commit(session, writes);
        if (committed.isEmpty() || breaks == Break.BEFORE_THE_ANSWER) {
            broken();
        } else {
            answers.send(line.delay(), () -> answer.complete(committed.get()));
        }
    }

    private void rollBack() {
        if (session != null) {
            database.end(session);
        }
    }

    private void broken() {
        machine.after(line.notice(), () -> {
            ending.complete(null);
            answer.completeExceptionally(Line.lost());
        });
    }
}
