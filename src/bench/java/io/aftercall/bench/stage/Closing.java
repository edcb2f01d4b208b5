package io.aftercall.bench.stage;

import java.util.Collection;

/** Closes what belongs to another library. */
final class Closing {
    private Closing() {}

    /** Closes all of them, whatever becomes of one. */
    static void all(Collection<? extends AutoCloseable> resources) {
        RuntimeException failure = null;
        for (AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (Exception e) {
                failure = new IllegalStateException("does not close: " + resource, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
