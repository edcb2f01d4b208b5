package io.aftercall.rpc.rest;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the contract says in its comments, by the full name of what it says it of. Java's own descriptors leave them out. */
final class ContractComments {

    /** Written by the build: a {@code FileDescriptorSet} with source information. */
    private static final String RESOURCE = "/contract.binpb";

    private final Map<String, String> byName = new HashMap<>();

    static ContractComments read() {
        try (InputStream bytes = ContractComments.class.getResourceAsStream(RESOURCE)) {
            ContractComments comments = new ContractComments();
            FileDescriptorSet.parseFrom(bytes).getFileList().forEach(comments::add);
            return comments;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The comment on one line, or an empty text. */
    String of(String fullName) {
        return byName.getOrDefault(fullName, "");
    }

    private void add(FileDescriptorProto file) {
        Map<List<Integer>, String> byPath = file.getSourceCodeInfo().getLocationList().stream()
                .filter(location -> location.hasLeadingComments())
                .collect(Collectors.toMap(
                        location -> location.getPathList(), location -> oneLine(location.getLeadingComments())));
        new Walk(byPath).file(file);
    }

    private static String oneLine(String comment) {
        return comment.strip().replaceAll("\\s*\\n\\s*", " ");
    }

    /** Where things stand in a file: the numbers of the fields of {@code descriptor.proto}, and which of each. */
    private final class Walk {

        private final Map<List<Integer>, String> byPath;

        Walk(Map<List<Integer>, String> byPath) {
            this.byPath = byPath;
        }

        void file(FileDescriptorProto file) {
            String name = file.getPackage();
            each(file.getMessageTypeCount(), i -> message(file.getMessageType(i), name, List.of(4, i)));
            each(file.getEnumTypeCount(), i -> values(file.getEnumType(i), name, List.of(5, i)));
            each(file.getServiceCount(), i -> {
                String service = keep(name, file.getService(i).getName(), List.of(6, i));
                each(
                        file.getService(i).getMethodCount(),
                        j -> keep(service, file.getService(i).getMethod(j).getName(), List.of(6, i, 2, j)));
            });
        }

        private void message(DescriptorProto message, String scope, List<Integer> path) {
            String name = keep(scope, message.getName(), path);
            each(message.getFieldCount(), i -> keep(name, message.getField(i).getName(), under(path, 2, i)));
            each(message.getNestedTypeCount(), i -> message(message.getNestedType(i), name, under(path, 3, i)));
            each(message.getEnumTypeCount(), i -> values(message.getEnumType(i), name, under(path, 4, i)));
        }

        private void values(EnumDescriptorProto kind, String scope, List<Integer> path) {
            String name = keep(scope, kind.getName(), path);
            each(kind.getValueCount(), i -> keep(name, kind.getValue(i).getName(), under(path, 2, i)));
        }

        private String keep(String scope, String name, List<Integer> path) {
            String fullName = scope + "." + name;
            byName.put(fullName, byPath.getOrDefault(path, ""));
            return fullName;
        }
    }

    private static List<Integer> under(List<Integer> path, int field, int index) {
        return Stream.concat(path.stream(), Stream.of(field, index)).toList();
    }

    private static void each(int count, java.util.function.IntConsumer at) {
        IntStream.range(0, count).forEach(at);
    }
}
