package io.aftercall.rpc;

import com.google.protobuf.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Entries, each with what it replaced, in parts that a caller has room for: an entry with more than fits goes on in the
 * next part. Holds a page of entries and a page of revisions beside the part.
 *
 * @param <E> an entry as it is read
 * @param <R> what it replaced
 * @param <M> an entry in a message
 * @param <N> what it replaced, in a message
 */
final class RevisedParts<E, R, M extends Message, N extends Message> {

    /** Of entries, and of revisions. */
    private static final int PAGE = 20;

    private final Source<E, R, M, N> source;
    private final Deque<E> waiting = new ArrayDeque<>(PAGE);
    private Optional<E> last = Optional.empty();
    private int before = Integer.MAX_VALUE;

    /** Where they come from. */
    interface Source<E, R, M, N> {

        CompletionStage<List<E>> page(Optional<E> after, int limit);

        /** What an entry replaced, the latest first: revisions before one. */
        CompletionStage<List<R>> replaced(E entry, int before, int limit);

        int revision(R replaced);

        M write(E entry);

        N writeReplaced(R replaced);
    }

    /** An entry with some of what it replaced, the latest first. */
    record Revised<M, N>(M entry, List<N> replaced) {}

    /** What goes into one message. */
    private static final class Part<M extends Message, N extends Message> {

        private final List<Revised<M, N>> entries = new ArrayList<>();
        private long bytes;

        void open(M entry) {
            entries.add(new Revised<>(entry, new ArrayList<>()));
            bytes += entry.getSerializedSize();
        }

        void add(N replaced) {
            entries.get(entries.size() - 1).replaced().add(replaced);
            bytes += replaced.getSerializedSize();
        }

        boolean full() {
            return bytes >= Pages.ENOUGH_BYTES;
        }
    }

    RevisedParts(Source<E, R, M, N> source) {
        this.source = source;
    }

    /** The next part; empty after the last. */
    CompletionStage<List<Revised<M, N>>> next() {
        if (!waiting.isEmpty()) {
            return fill(new Part<>());
        }
        return source.page(last, PAGE).thenCompose(found -> {
            waiting.addAll(found);
            last = found.isEmpty() ? last : Optional.of(found.get(found.size() - 1));
            return fill(new Part<>());
        });
    }

    private CompletionStage<List<Revised<M, N>>> fill(Part<M, N> part) {
        if (waiting.isEmpty() || part.full()) {
            return CompletableFuture.completedFuture(part.entries);
        }
        part.open(source.write(waiting.peek()));
        return goOn(part);
    }

    /** Takes more of what the first that waits has replaced. */
    private CompletionStage<List<Revised<M, N>>> goOn(Part<M, N> part) {
        return source.replaced(waiting.peek(), before, PAGE).thenCompose(found -> {
            for (R replaced : found) {
                if (part.full()) {
                    return CompletableFuture.completedFuture(part.entries);
                }
                part.add(source.writeReplaced(replaced));
                before = source.revision(replaced);
            }
            if (found.size() == PAGE) {
                return goOn(part);
            }
            waiting.remove();
            before = Integer.MAX_VALUE;
            return fill(part);
        });
    }
}
