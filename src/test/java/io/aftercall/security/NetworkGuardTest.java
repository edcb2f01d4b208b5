package io.aftercall.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkGuardTest {

    private static final NetworkGuard NOTHING_ALLOWED = new NetworkGuard(List.of());

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.1.2.3",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void whatIsNotPublicIsNotReached(String text) throws UnknownHostException {
        assertThat(NOTHING_ALLOWED.allows(address(text))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450::1"
            })
    void whatIsPublicIs(String text) throws UnknownHostException {
        assertThat(NOTHING_ALLOWED.allows(address(text))).isTrue();
        assertThat(NOTHING_ALLOWED.named(address(text))).isFalse();
    }

    @Test
    void whatTheOperatorNamesIsReachedAndNoMore() throws UnknownHostException {
        NetworkGuard guard = new NetworkGuard(List.of("10.1.0.0/16", " fd00:1::/32"));

        assertThat(guard.allows(address("10.1.2.3"))).isTrue();
        assertThat(guard.named(address("10.1.2.3"))).isTrue();
        assertThat(guard.allows(address("fd00:1::7"))).isTrue();
        assertThat(guard.allows(address("10.2.0.1"))).isFalse();
        assertThat(guard.allows(address("fd00:2::7"))).isFalse();
    }

    @Test
    void aNameThatAlsoLeadsElsewhereIsNotFollowed() throws UnknownHostException {
        assertThat(NOTHING_ALLOWED.allows(new InetAddress[] {address("1.1.1.1"), address("127.0.0.1")}))
                .isFalse();
        assertThat(NOTHING_ALLOWED.allows(new InetAddress[0])).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "example.com/8", "10.0.0.0/x", "10.0.0.0/33", ""})
    void whatIsNoNetworkIsRefused(String network) {
        assertThatThrownBy(() -> new NetworkGuard(List.of(network))).isInstanceOf(IllegalArgumentException.class);
    }
}
