package io.aftercall.rpc;

import io.aftercall.security.Authenticator;
import io.aftercall.security.Caller;
import io.grpc.MethodDescriptor;
import jakarta.inject.Singleton;

/** Whether those whose calls take long may still make them: that is in their credentials, which may end before. */
@Singleton
final class LastingRights {

    private final Authenticator authenticator;

    LastingRights(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /**
     * To be asked again and again while a call lasts.
     *
     * @return fails with the status that the call is to end with
     */
    Runnable of(CurrentCall call, MethodDescriptor<?, ?> method) {
        return () -> {
            Caller caller = authenticator.stillKnown(call.credentials());
            if (!caller.equals(call.caller())) {
                throw AccessErrors.notPermitted(method.getFullMethodName());
            }
        };
    }
}
