package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.aftercall.boot.DatabaseResource;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every text of every request, as somebody would write it who wants more than an answer. */
@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class InjectionTest {

    private static final int DEPTH = 3;
    private static final List<Status.Code> FAULTS = List.of(
            Status.Code.INTERNAL,
            Status.Code.UNKNOWN,
            Status.Code.DATA_LOSS,
            Status.Code.UNAVAILABLE,
            Status.Code.DEADLINE_EXCEEDED);

    @RegisterExtension
    final Staff staff = new Staff();

    @Inject
    @Any
    Instance<BindableService> services;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP TABLE agent; --",
                "x' OR '1'='1",
                "a\r\nauthorization: Bearer x",
                "a\n2026-01-01 00:00:00 INFO forged",
                "nul\u0000byte",
                "${jndi:ldap://127.0.0.1/a}",
                "%s%s%n",
                "\ud800",
                "{\"a\":1}"
            })
    void isRefusedOrKeptAsItIs(String evil) {
        staff.hired();
        List<Client> everybody =
                List.of(staff.somebody("all", "router", "supervisor", "admin", "auditor"), staff.operator());
        for (Client client : everybody) {
            services.stream()
                    .flatMap(service -> service.bindService().getServiceDescriptor().getMethods().stream())
                    .filter(call -> call.getFullMethodName().startsWith("acw.v1."))
                    .forEach(call -> assertThat(AnyCall.status(client.channel(), call, request(call, evil)))
                            .as(call.getFullMethodName())
                            .isNotIn(FAULTS));
        }

        assertThat(staff.as("router").state(Staff.OWN).getAgentId()).isEqualTo(Staff.OWN);
    }

    private static Message request(MethodDescriptor<?, ?> call, String evil) {
        return filled(AnyCall.prototype(call).newBuilderForType(), evil, DEPTH);
    }

    /** The text wherever one fits. */
    private static Message filled(Message.Builder message, String evil, int depth) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.isMapField()) {
                continue;
            }
            Object value =
                    switch (field.getJavaType()) {
                        case STRING -> evil;
                        case MESSAGE -> depth == 0 ? null : filled(message.newBuilderForField(field), evil, depth - 1);
                        default -> null;
                    };
            if (value != null && field.isRepeated()) {
                message.addRepeatedField(field, value);
            } else if (value != null) {
                message.setField(field, value);
            }
        }
        return message.build();
    }
}
