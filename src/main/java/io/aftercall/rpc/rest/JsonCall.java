package io.aftercall.rpc.rest;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerMethodDefinition;
import java.util.Set;

/** One call of the contract, with its messages as JSON. */
final class JsonCall {

    /** What a stream goes on behind, in requests and answers that have it. */
    private static final String RESUME_TOKEN = "resume_token";

    /** What an answer has that is a part of a table. */
    private static final String CSV = "csv";

    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();

    private static final JsonFormat.Parser PARSER = JsonFormat.parser();

    /** How the names of streams begin that change nothing. */
    private static final Set<String> READS = Set.of("Stream", "Export", "Simulate");

    private final MethodDescriptor<Message, Message> method;
    private final Message emptyRequest;
    private final Message emptyAnswer;
    private final FieldDescriptor resumeToken;
    private final FieldDescriptor csv;

    @SuppressWarnings("unchecked")
    JsonCall(ServerMethodDefinition<?, ?> definition) {
        this.method = (MethodDescriptor<Message, Message>) definition.getMethodDescriptor();
        this.emptyRequest = ((PrototypeMarshaller<Message>) method.getRequestMarshaller()).getMessagePrototype();
        this.emptyAnswer = ((PrototypeMarshaller<Message>) method.getResponseMarshaller()).getMessagePrototype();
        this.resumeToken = emptyAnswer.getDescriptorForType().findFieldByName(RESUME_TOKEN);
        this.csv = emptyAnswer.getDescriptorForType().findFieldByName(CSV);
    }

    MethodDescriptor<Message, Message> method() {
        return method;
    }

    boolean streams() {
        return method.getType() == MethodType.SERVER_STREAMING;
    }

    /** Whether it has a form over HTTP: what a client sends in many messages has none. */
    boolean offered() {
        return streams() || method.getType() == MethodType.UNARY;
    }

    /**
     * Whether it may be made by GET, which browsers do for whatever page asks them to: only reads, and what is not known to
     * be one is none.
     */
    boolean readsOnly() {
        return streams() && READS.stream().anyMatch(method.getBareMethodName()::startsWith);
    }

    /** {@code AcwService/StartAcw}. */
    String path() {
        String service = method.getServiceName();
        return service.substring(service.lastIndexOf('.') + 1) + "/" + method.getBareMethodName();
    }

    /**
     * @param json empty for a request without fields
     * @throws InvalidProtocolBufferException with words for the caller
     */
    Message read(String json) throws InvalidProtocolBufferException {
        Message.Builder request = emptyRequest.newBuilderForType();
        if (!json.isBlank()) {
            PARSER.merge(json, request);
        }
        return request.build();
    }

    /** The request, behind what the caller has already. */
    Message resumed(Message request, String token) {
        FieldDescriptor field = request.getDescriptorForType().findFieldByName(RESUME_TOKEN);
        return field == null
                ? request
                : request.toBuilder().setField(field, token).build();
    }

    /**
     * An answer with its fields as fields: what several subscribers are sent is kept in bytes by the services, which
     * Protobuf holds as fields that it does not know.
     */
    Message answer(Message message) {
        if (message.getUnknownFields().asMap().isEmpty()) {
            return message;
        }
        try {
            return message.getParserForType().parseFrom(message.toByteString());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A message of the contract can be read", e);
        }
    }

    /** From where to go on after this answer; empty if it does not say. */
    String resumeToken(Message answer) {
        return resumeToken == null ? "" : (String) answer.getField(resumeToken);
    }

    boolean isTable() {
        return csv != null;
    }

    /** The part of a table that an answer is. */
    ByteString csv(Message answer) {
        return (ByteString) answer.getField(csv);
    }

    Descriptor requestType() {
        return emptyRequest.getDescriptorForType();
    }

    Descriptor answerType() {
        return emptyAnswer.getDescriptorForType();
    }

    static String write(Message message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A message of the contract has a JSON form", e);
        }
    }
}
