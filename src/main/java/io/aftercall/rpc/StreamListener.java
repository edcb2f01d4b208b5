package io.aftercall.rpc;

import java.time.Duration;

/** Is told how streams fare. Called on event loops: must return at once and must not fail. */
public interface StreamListener {

    /** Is not interested. */
    StreamListener NONE = new StreamListener() {
        @Override
        public void conflated(int changes) {}

        @Override
        public void written(Duration age) {}

        @Override
        public void ended(StreamEnd why) {}
    };

    /** A subscriber was not told so many changes, as a later one of the same agent stands for them. */
    void conflated(int changes);

    /**
     * The subscribers of a shard who read have been written what there was.
     *
     * @param age of the latest change: since it was decided, by the database's clock
     */
    void written(Duration age);

    void ended(StreamEnd why);
}
