package io.aftercall.rpc;

import java.util.HashMap;
import java.util.Map;

/** A server that may send to this machine, and does not wait long for it. */
public class ToReceivers extends Authenticated {

    static final int ATTEMPTS = 3;

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
        overrides.put("aftercall.webhook.allowed-networks", "127.0.0.0/8");
        overrides.put("aftercall.webhook.timeout", "1s");
        overrides.put("aftercall.delivery.poll-interval", "50ms");
        overrides.put("aftercall.delivery.first-retry", "100ms");
        overrides.put("aftercall.delivery.longest-retry", "1s");
        overrides.put("aftercall.delivery.attempts", Integer.toString(ATTEMPTS));
        return overrides;
    }
}
