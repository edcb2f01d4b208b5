package io.aftercall.security;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses requests of tenants' choosing may go to: public ones, and those that the operator names. Not public is
 * what the registries of special-purpose addresses say is not globally reachable
 * (https://www.iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry), and what has
 * an IPv4 address in it.
 */
public final class NetworkGuard {

    private static final List<IpSubnetFilterRule> NOT_PUBLIC = rules(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8");

    private final List<IpSubnetFilterRule> allowed;

    /**
     * @param allowed networks as {@code 10.1.0.0/16} that may be reached although they are not public
     * @throws IllegalArgumentException if one is none
     */
    public NetworkGuard(List<String> allowed) {
        this.allowed = rules(allowed.toArray(String[]::new));
    }

    private static List<IpSubnetFilterRule> rules(String... networks) {
        return Stream.of(networks).map(NetworkGuard::rule).toList();
    }

    private static IpSubnetFilterRule rule(String network) {
        String[] parts = network.strip().split("/");
        if (parts.length != 2 || !parts[1].matches("\\d{1,3}") || !parts[0].matches("[0-9a-fA-F.:]+")) {
            throw new IllegalArgumentException(network + " is no network like 10.1.0.0/16");
        }
        return new IpSubnetFilterRule(parts[0], Integer.parseInt(parts[1]), IpFilterRuleType.ACCEPT);
    }

    /** Whether the operator has named no network. */
    public boolean namesNone() {
        return allowed.isEmpty();
    }

    /** Whether the operator has named it, so that it is also trusted in plain words. */
    public boolean named(InetAddress address) {
        return matches(allowed, address);
    }

    public boolean allows(InetAddress address) {
        return named(address) || !matches(NOT_PUBLIC, address);
    }

    /** All of them, so that it does not matter which one is taken. */
    public boolean allows(InetAddress[] addresses) {
        return addresses.length > 0 && Arrays.stream(addresses).allMatch(this::allows);
    }

    private static boolean matches(List<IpSubnetFilterRule> rules, InetAddress address) {
        InetSocketAddress any = new InetSocketAddress(address, 0);
        return rules.stream().anyMatch(rule -> rule.matches(any));
    }
}
