package io.aftercall.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * The two URLs of the one database: the server works over the reactive one, Flyway migrates over the JDBC one.
 *
 * <p>With the reactive one alone Flyway would be silently inactive, so each is derived where only the other is given.
 */
public record DatabaseUrls(String reactive, String jdbc) {

    static final String REACTIVE_KEY = "quarkus.datasource.reactive.url";
    static final String JDBC_KEY = "quarkus.datasource.jdbc.url";

    /** One host, and no user before it: that would mean something else, or nothing, in the other URL. */
    private static final String LOCATION = "(?<location>[^/@,]+/[^@,]*)";

    private static final Pattern REACTIVE = Pattern.compile("(vertx-reactive:)?postgres(ql)?://" + LOCATION);
    private static final Pattern JDBC = Pattern.compile("jdbc:postgresql://" + LOCATION);

    /**
     * @return empty when neither URL is configured
     * @throws StartRefused when only one is, and the other cannot be derived from it
     */
    static Optional<DatabaseUrls> configuredIn(Config config) {
        Optional<String> reactive = config.getOptionalValue(REACTIVE_KEY, String.class);
        Optional<String> jdbc = config.getOptionalValue(JDBC_KEY, String.class);
        if (reactive.isPresent() && jdbc.isPresent()) {
            return Optional.of(new DatabaseUrls(reactive.get(), jdbc.get()));
        }
        return reactive.map(DatabaseUrls::fromReactive).or(() -> jdbc.map(DatabaseUrls::fromJdbc));
    }

    static DatabaseUrls fromReactive(String url) {
        return new DatabaseUrls(url, at(locationIn(url, REACTIVE, JDBC_KEY)).jdbc);
    }

    static DatabaseUrls fromJdbc(String url) {
        return new DatabaseUrls(at(locationIn(url, JDBC, REACTIVE_KEY)).reactive, url);
    }

    /** @param location {@code host[:port]/database[?parameters]} */
    static DatabaseUrls at(String location) {
        return new DatabaseUrls("postgresql://" + location, "jdbc:postgresql://" + location);
    }

    /** The same, with Flyway asking the database for a certificate of an authority too. */
    DatabaseUrls trusting(Optional<String> authority) {
        return authority
                .map(file -> new DatabaseUrls(
                        reactive,
                        jdbc + (jdbc.contains("?") ? '&' : '?') + "sslmode=verify-full&sslrootcert="
                                + URLEncoder.encode(file, UTF_8)))
                .orElse(this);
    }

    /** Gives both URLs to the Quarkus about to start. */
    void publish() {
        System.setProperty(REACTIVE_KEY, reactive);
        System.setProperty(JDBC_KEY, jdbc);
    }

    private static String locationIn(String url, Pattern form, String otherKey) {
        Matcher matcher = form.matcher(url);
        if (!matcher.matches()) {
            throw new StartRefused("Only one database URL is configured, and the other cannot be derived from it: set "
                    + otherKey + ".");
        }
        return matcher.group("location");
    }
}
