package io.aftercall.rpc;

import com.google.common.util.concurrent.Futures;
import com.google.protobuf.Duration;
import io.aftercall.api.v1.AcwServiceGrpc;
import io.aftercall.api.v1.AgentServiceGrpc;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.AuditServiceGrpc;
import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.EmailTemplateServiceGrpc;
import io.aftercall.api.v1.FollowUpServiceGrpc;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.Interaction;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.PolicyServiceGrpc;
import io.aftercall.api.v1.ReportServiceGrpc;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.StartAcwResponse;
import io.aftercall.api.v1.TenantServiceGrpc;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.api.v1.UpdatePolicyResponse;
import io.aftercall.api.v1.WebhookServiceGrpc;
import io.aftercall.api.v1.WrapUpServiceGrpc;
import io.aftercall.logs.SecretsInUse;
import io.grpc.Attributes;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A caller of a running server: stubs on one plaintext connection, and names that nobody else uses. */
public final class Client implements AfterEachCallback, AutoCloseable {

    /** Less than a stream's window by default, so that a reader who stops is soon felt. */
    private static final int FLOW_CONTROL_WINDOW = 65_535;

    private static final long CALL_SECONDS = 10;

    private final IntSupplier port;
    private String address = "127.0.0.1";
    private final Metadata headers = new Metadata();
    private String token;
    private ManagedChannel channel;

    /** Of the server that runs in this JVM. */
    Client() {
        this(() -> ConfigProvider.getConfig().getValue(FreePorts.GRPC_PORT_KEY, Integer.class));
    }

    /** Of a server on this machine. */
    public Client(int port) {
        this(() -> port);
    }

    private Client(IntSupplier port) {
        this.port = port;
    }

    /** To call from another address of this machine, as another caller. */
    Client from(String ownAddress) {
        address = ownAddress;
        return this;
    }

    /** To show this token with every call. */
    public Client showing(String bearerToken) {
        token = bearerToken;
        return this;
    }

    /** To send these headers with every call. */
    public Client sending(Metadata more) {
        headers.merge(more);
        return this;
    }

    public static String fresh(String kind) {
        return kind + '-' + UUID.randomUUID();
    }

    public static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }

    public static Interaction.Builder call(String interactionId) {
        return Interaction.newBuilder().setInteractionId(interactionId).setChannel(Channel.CHANNEL_VOICE);
    }

    public synchronized ManagedChannel channel() {
        if (channel == null) {
            channel = NettyChannelBuilder.forAddress("127.0.0.1", port.getAsInt())
                    .usePlaintext()
                    .localSocketPicker(ownAddress())
                    .flowControlWindow(FLOW_CONTROL_WINDOW)
                    .intercept(MetadataUtils.newAttachHeadersInterceptor(shown()), new SecretsShown())
                    .build();
        }
        return channel;
    }

    private Metadata shown() {
        Metadata shown = new Metadata();
        shown.merge(headers);
        if (token != null) {
            SecretsInUse.add(token);
            shown.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        }
        return shown;
    }

    private NettyChannelBuilder.LocalSocketPicker ownAddress() {
        return new NettyChannelBuilder.LocalSocketPicker() {
            @Override
            public SocketAddress createSocketAddress(SocketAddress server, Attributes attributes) {
                return new InetSocketAddress(address, 0);
            }
        };
    }

    public AcwServiceGrpc.AcwServiceBlockingStub acw() {
        return AcwServiceGrpc.newBlockingStub(channel()).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    public AgentStateServiceGrpc.AgentStateServiceBlockingStub agents() {
        return AgentStateServiceGrpc.newBlockingStub(channel()).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    /** Agents as administrators describe them. */
    public AgentServiceGrpc.AgentServiceBlockingStub directory() {
        return AgentServiceGrpc.newBlockingStub(channel()).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    public PolicyServiceGrpc.PolicyServiceBlockingStub policies() {
        return PolicyServiceGrpc.newBlockingStub(channel()).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    public FollowUpServiceGrpc.FollowUpServiceBlockingStub followUps() {
        return FollowUpServiceGrpc.newBlockingStub(channel());
    }

    public ReportServiceGrpc.ReportServiceBlockingStub reports() {
        return ReportServiceGrpc.newBlockingStub(channel()).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    public WrapUpServiceGrpc.WrapUpServiceBlockingStub wrapUps() {
        return WrapUpServiceGrpc.newBlockingStub(channel());
    }

    public EmailTemplateServiceGrpc.EmailTemplateServiceBlockingStub emailTemplates() {
        return EmailTemplateServiceGrpc.newBlockingStub(channel()).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    public WebhookServiceGrpc.WebhookServiceBlockingStub webhooks() {
        return WebhookServiceGrpc.newBlockingStub(channel()).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    public TenantServiceGrpc.TenantServiceBlockingStub tenants() {
        return TenantServiceGrpc.newBlockingStub(channel()).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    public AuditServiceGrpc.AuditServiceBlockingStub audit() {
        return AuditServiceGrpc.newBlockingStub(channel()).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    public StartAcwResponse startAcw(String agentId, String interactionId) {
        return acw().startAcw(StartAcwRequest.newBuilder()
                .setAgentId(agentId)
                .setInteraction(call(interactionId))
                .build());
    }

    /** All at once, so that many go into one transaction. */
    public List<StartAcwResponse> startAcws(List<String> agentIds, Interaction interaction)
            throws ExecutionException, InterruptedException {
        AcwServiceGrpc.AcwServiceFutureStub all = AcwServiceGrpc.newFutureStub(channel());
        return Futures.allAsList(agentIds.stream()
                        .map(agentId -> all.startAcw(StartAcwRequest.newBuilder()
                                .setAgentId(agentId)
                                .setInteraction(interaction)
                                .build()))
                        .toList())
                .get();
    }

    /** Completions that come before the ACW starts: StartAcw then starts and ends it, two changes of one command. */
    public void completeAcwsEarly(List<String> agentIds, String interactionId)
            throws ExecutionException, InterruptedException {
        AcwServiceGrpc.AcwServiceFutureStub all = AcwServiceGrpc.newFutureStub(channel());
        Futures.allAsList(agentIds.stream()
                        .map(agentId -> all.completeAcw(CompleteAcwRequest.newBuilder()
                                .setAgentId(agentId)
                                .setInteractionId(interactionId)
                                .build()))
                        .toList())
                .get();
    }

    public AgentState state(String agentId) {
        return agents().getAgentState(
                        GetAgentStateRequest.newBuilder().setAgentId(agentId).build())
                .getAgentState();
    }

    /** Sets rules for one agent only, so that no other test meets them. */
    public UpdatePolicyResponse rules(String agentId, Policy.Builder rules) {
        return policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(
                                rules.setScope(PolicyScope.POLICY_SCOPE_AGENT).setScopeId(agentId))
                        .setAllowMissing(true)
                        .build());
    }

    @Override
    public void afterEach(ExtensionContext test) {
        close();
    }

    @Override
    public synchronized void close() {
        if (channel != null) {
            channel.shutdownNow();
            channel = null;
        }
    }
}
