package io.aftercall.handoff;

import io.vertx.core.MultiMap;
import io.vertx.ext.mail.MailMessage;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A mail of which it is known whether it may have been sent. The client asks for its headers once, last of all that it
 * asks for before it begins the mail's transaction, on a connection that is greeted and authenticated.
 */
final class OutgoingMail extends MailMessage {

    private enum Stage {
        WAITING,
        HANDED_OVER,
        WITHDRAWN
    }

    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);

    /**
     * Sees to it that it is not sent any more.
     *
     * @return false if it is too late, and it may have been sent
     */
    boolean withdraw() {
        return stage.compareAndSet(Stage.WAITING, Stage.WITHDRAWN);
    }

    /**
     * @throws IllegalStateException if it has been withdrawn, which the client takes for a mail that cannot be encoded
     */
    @Override
    public MultiMap getHeaders() {
        stage.compareAndSet(Stage.WAITING, Stage.HANDED_OVER);
        if (stage.get() == Stage.WITHDRAWN) {
            throw new IllegalStateException("withdrawn");
        }
        return super.getHeaders();
    }
}
