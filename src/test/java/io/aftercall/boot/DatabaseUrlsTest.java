package io.aftercall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlsTest {

    @ParameterizedTest
    @CsvSource({
        "postgresql://db:5432/acw, jdbc:postgresql://db:5432/acw",
        "postgres://db:5432/acw, jdbc:postgresql://db:5432/acw",
        "postgresql://db/acw?sslmode=require, jdbc:postgresql://db/acw?sslmode=require",
        "vertx-reactive:postgresql://[::1]:5432/acw, jdbc:postgresql://[::1]:5432/acw",
    })
    void theJdbcUrlFollowsFromTheReactiveOne(String reactive, String jdbc) {
        assertThat(DatabaseUrls.fromReactive(reactive)).isEqualTo(new DatabaseUrls(reactive, jdbc));
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db:5432/acw, postgresql://db:5432/acw",
        "jdbc:postgresql://db/acw?sslmode=require, postgresql://db/acw?sslmode=require",
    })
    void theReactiveUrlFollowsFromTheJdbcOne(String jdbc, String reactive) {
        assertThat(DatabaseUrls.fromJdbc(jdbc)).isEqualTo(new DatabaseUrls(reactive, jdbc));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://user:secret@db:5432/acw",
                "postgresql://db1:5432/acw,postgresql://db2:5432/acw",
                "postgresql://db1,db2/acw",
                "mysql://db:3306/acw"
            })
    void whatCannotBeDerivedIsAskedForWithoutRepeatingASecret(String reactive) {
        assertThatThrownBy(() -> DatabaseUrls.fromReactive(reactive))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("set quarkus.datasource.jdbc.url")
                .hasMessageNotContaining("secret");
    }

    @Test
    void twoConfiguredUrlsAreTakenAsTheyAre() {
        Config config = config(Map.of(
                DatabaseUrls.REACTIVE_KEY, "postgresql://user:secret@db/acw",
                DatabaseUrls.JDBC_KEY, "jdbc:postgresql://owner-side/acw"));

        assertThat(DatabaseUrls.configuredIn(config))
                .contains(new DatabaseUrls("postgresql://user:secret@db/acw", "jdbc:postgresql://owner-side/acw"));
    }

    @Test
    void oneConfiguredUrlBringsTheOther() {
        Optional<DatabaseUrls> both = Optional.of(DatabaseUrls.at("db/acw"));

        assertThat(DatabaseUrls.configuredIn(config(Map.of(DatabaseUrls.REACTIVE_KEY, "postgresql://db/acw"))))
                .isEqualTo(both);
        assertThat(DatabaseUrls.configuredIn(config(Map.of(DatabaseUrls.JDBC_KEY, "jdbc:postgresql://db/acw"))))
                .isEqualTo(both);
    }

    @Test
    void anEmptyUrlCountsAsNone() {
        assertThat(DatabaseUrls.configuredIn(config(Map.of(DatabaseUrls.REACTIVE_KEY, ""))))
                .isEmpty();
    }

    private static Config config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
    }
}
