package io.aftercall.rpc;

import io.aftercall.security.IssuerResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** A server that asks for tokens of {@link IssuerResource#ISSUER}. */
public class Authenticated implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("aftercall.auth.leeway", "0s", "aftercall.limits.calls-per-second-and-caller", "300");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(IssuerResource.class));
    }
}
