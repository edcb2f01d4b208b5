package io.aftercall.rpc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** As {@link ToReceivers}, with Kafka, for which it does not wait long either. */
public class ToKafka extends ToReceivers {

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
        overrides.put("aftercall.delivery.attempts", "100");
        overrides.put("mp.messaging.outgoing.events.delivery.timeout.ms", "2000");
        overrides.put("mp.messaging.outgoing.events.request.timeout.ms", "1000");
        overrides.put("mp.messaging.outgoing.events.max.block.ms", "2000");
        return overrides;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        List<TestResourceEntry> resources = new ArrayList<>(super.testResources());
        resources.add(new TestResourceEntry(KafkaBroker.class));
        return resources;
    }
}
