package io.aftercall.rpc;

import java.util.HashMap;
import java.util.Map;

/** As {@link ToCustomers}; what is too old is looked for every second. */
public class Forgetful extends ToCustomers {

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
        overrides.put("aftercall.retention.interval", "1s");
        return overrides;
    }
}
