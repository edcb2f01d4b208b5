package io.aftercall.web;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;

/** A server that people sign in to. */
public class SignInProfile implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(IdentityProvider.class));
    }
}
