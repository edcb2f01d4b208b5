package io.aftercall.boot;

/** The server cannot start as it is configured. The message is for the operator: what is wrong and what to do. */
public class StartRefused extends RuntimeException {

    StartRefused(String message) {
        super(message);
    }

    StartRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
