package io.aftercall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnHostNameTest {

    private static String of(String... names) throws UnknownHostException {
        return OwnHostName.of(List.of(names), InetAddress.getByName("192.0.2.7"));
    }

    @Test
    void aMachineIsCalledByItsFullNameIfItHasOne() throws UnknownHostException {
        assertThat(of("acw1.acme.example", "acw1")).isEqualTo("acw1.acme.example");
        assertThat(of("acw1", "acw1.acme.example")).isEqualTo("acw1.acme.example");
        assertThat(of("localhost", "acw-5f7c9-x2z")).isEqualTo("acw-5f7c9-x2z");
    }

    @Test
    void nobodyIsCalledLocalhost() throws UnknownHostException {
        assertThat(of("localhost", "localhost.localdomain")).isEqualTo("[192.0.2.7]");
        assertThat(of("LOCALHOST", "no_host_name")).isEqualTo("[192.0.2.7]");
    }

    @Test
    void anAddressIsNoName() throws UnknownHostException {
        assertThat(of("192.0.2.7", "2001:db8::7")).isEqualTo("[192.0.2.7]");
        assertThat(OwnHostName.of(List.of(), InetAddress.getByName("2001:db8::7")))
                .isEqualTo("[IPv6:2001:db8:0:0:0:0:0:7]");
    }
}
