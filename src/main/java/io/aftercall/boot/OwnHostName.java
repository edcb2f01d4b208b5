package io.aftercall.boot;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What this machine is called where it has to say so itself, as in SMTP's EHLO: by its full name, or by what it has of
 * one. Mail servers take nobody for serious who is called {@code localhost}.
 */
final class OwnHostName {

    private static final Pattern NAME =
            Pattern.compile("(?i)(?!localhost)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*");

    private static final Predicate<String> FULL = name -> name.contains(".");
    private static final Predicate<String> ADDRESS =
            Pattern.compile("[0-9.]+|.*:.*").asMatchPredicate();

    private OwnHostName() {}

    /** May look the name up, and take as long as that does. */
    static String find() {
        try {
            InetAddress local = InetAddress.getLocalHost();
            return of(List.of(local.getCanonicalHostName(), local.getHostName()), local);
        } catch (UnknownHostException nameless) {
            return literal(InetAddress.getLoopbackAddress());
        }
    }

    /**
     * @param names the better ones first
     */
    static String of(List<String> names, InetAddress address) {
        List<String> usable = names.stream()
                .filter(NAME.asMatchPredicate().and(ADDRESS.negate()))
                .toList();
        return Stream.concat(usable.stream().filter(FULL), usable.stream())
                .findFirst()
                .orElseGet(() -> literal(address));
    }

    /** RFC 5321, 4.1.3: who has no name says at which address he is. */
    private static String literal(InetAddress address) {
        String text = address.getHostAddress().replaceFirst("%.*", "");
        return text.contains(":") ? "[IPv6:" + text + "]" : "[" + text + "]";
    }
}
