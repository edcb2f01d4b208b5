package io.aftercall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailWiringTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private MailConfig limited(MailConfig config) {
        return MailWiring.limited(MailWiring.config(MailClient.create(vertx, config)));
    }

    @Test
    void whatIsConfiguredIsKeptAndLimited() {
        MailConfig config =
                limited(new MailConfig().setHostname("smtp.acme.example").setMaxPoolSize(3));

        assertThat(config.getHostname()).isEqualTo("smtp.acme.example");
        assertThat(config.getMaxPoolSize()).isEqualTo(3);
        assertThat(config.getConnectTimeout()).isEqualTo(10_000);
        assertThat(config.getIdleTimeout()).isEqualTo(25_000);
        assertThat(config.getIdleTimeoutUnit()).isEqualTo(TimeUnit.MILLISECONDS);
        assertThat(config.getKeepAliveTimeout()).isEqualTo(20_000);
    }

    @Test
    void itIntroducesItselfByANameOfItsOwn() {
        assertThat(MailWiring.named(new MailConfig().setOwnHostname("acw.acme.example"))
                        .getOwnHostname())
                .isEqualTo("acw.acme.example");
        assertThat(MailWiring.named(new MailConfig()).getOwnHostname())
                .isNotBlank()
                .isNotEqualTo("localhost");
    }

    @Test
    void connectionsAreNotKeptForLongerThanIsConfigured() {
        assertThat(limited(new MailConfig().setKeepAliveTimeout(3)).getKeepAliveTimeout())
                .isEqualTo(3_000);
        assertThat(limited(new MailConfig().setKeepAliveTimeout(0)).getKeepAliveTimeout())
                .isEqualTo(20_000);
    }
}
