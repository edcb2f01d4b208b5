package io.aftercall.rpc;

import java.util.ArrayList;
import java.util.List;

/** As {@link ToReceivers}, with a mail server. */
public class ToCustomers extends ToReceivers {

    @Override
    public List<TestResourceEntry> testResources() {
        List<TestResourceEntry> resources = new ArrayList<>(super.testResources());
        resources.add(new TestResourceEntry(MailServer.class));
        return resources;
    }
}
