package io.aftercall.rpc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** As {@link ToReceivers}, with a mail server. */
public class ToCustomers extends ToReceivers {

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
        // It tells whom it has mail for.
        overrides.put("quarkus.log.category.\"com.icegreen\".level", "WARN");
        return overrides;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        List<TestResourceEntry> resources = new ArrayList<>(super.testResources());
        resources.add(new TestResourceEntry(MailServer.class));
        return resources;
    }
}
