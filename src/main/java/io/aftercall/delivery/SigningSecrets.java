package io.aftercall.delivery;

import java.util.List;

/**
 * What a webhook's messages are signed with: the secret in force and, for a while after it was replaced, the one before.
 * Its text form says nothing.
 */
public record SigningSecrets(List<byte[]> valid) {

    @Override
    public String toString() {
        return "SigningSecrets[…]";
    }
}
