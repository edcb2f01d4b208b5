package io.aftercall.rpc;

import io.aftercall.api.v1.DeleteDispositionRequest;
import io.aftercall.api.v1.ImportDispositionsRequest;
import io.aftercall.api.v1.UpdateDispositionRequest;
import io.aftercall.disposition.Disposition;
import io.aftercall.disposition.DispositionCatalogue;
import io.aftercall.disposition.DispositionChange;
import io.aftercall.engine.DispositionEditor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What requests want to be done with the catalogue. */
final class DispositionRequests {

    private DispositionRequests() {}

    static DispositionEditor.Decision update(UpdateDispositionRequest request) {
        FieldReader fields = new FieldReader();
        io.aftercall.api.v1.Disposition proto = request.getDisposition();
        String code = fields.id("disposition.code", proto.getCode());
        Set<String> named = request.hasUpdateMask()
                ? DispositionProto.named(fields, request.getUpdateMask())
                : DispositionProto.set(proto);
        fields.violations().throwIfAny();
        return catalogue -> {
            FieldReader read = new FieldReader();
            Optional<Disposition> stored = catalogue.find(code);
            Disposition base = stored.orElseGet(() -> Disposition.named(code, ""));
            Disposition wanted = DispositionProto.read(read, "disposition.", proto, named, base);
            read.violations().throwIfAny();
            requireEtag(stored, wanted, code, proto.getEtag());
            DispositionChange change = DispositionChange.of(catalogue, List.of(wanted), Set.of());
            named(read, "disposition.", change.violations(catalogue).get(code));
            read.violations().throwIfAny();
            return change;
        };
    }

    static DispositionEditor.Decision delete(DeleteDispositionRequest request) {
        FieldReader fields = new FieldReader();
        String code = fields.id("code", request.getCode());
        fields.violations().throwIfAny();
        return catalogue -> {
            Disposition stored = catalogue.find(code).orElseThrow(() -> DispositionErrors.notFound(code));
            if (!request.getEtag().isEmpty() && !request.getEtag().equals(stored.etag())) {
                throw DispositionErrors.stale(code);
            }
            catalogue.below(code).findFirst().ifPresent(child -> {
                throw DispositionErrors.hasBelow(code, child.code());
            });
            return new DispositionChange(List.of(), Set.of(code));
        };
    }

    static DispositionEditor.Decision all(ImportDispositionsRequest request) {
        FieldReader fields = new FieldReader();
        List<Disposition> wanted = new ArrayList<>();
        Set<String> codes = new HashSet<>();
        int count = request.getDispositionsCount();
        if (count == 0 || count > DispositionCatalogue.MAX_SIZE) {
            fields.violations().add("dispositions", "must have 1 to " + DispositionCatalogue.MAX_SIZE + " entries");
        }
        for (int i = 0; i < Math.min(count, DispositionCatalogue.MAX_SIZE); i++) {
            io.aftercall.api.v1.Disposition proto = request.getDispositions(i);
            String prefix = "dispositions[" + i + "].";
            String code = fields.id(prefix + "code", proto.getCode());
            if (code != null && !codes.add(code)) {
                fields.violations().add(prefix + "code", "is in the import twice");
            }
            Disposition base = Disposition.named(proto.getCode(), "");
            wanted.add(DispositionProto.read(fields, prefix, proto, DispositionProto.ALL, base));
        }
        fields.violations().throwIfAny();
        return catalogue -> {
            for (int i = 0; i < count; i++) {
                Disposition one = wanted.get(i);
                requireEtag(
                        catalogue.find(one.code()),
                        one,
                        one.code(),
                        request.getDispositions(i).getEtag());
            }
            Set<String> removed = request.getReplace()
                    ? catalogue.inOrder().stream()
                            .map(Disposition::code)
                            .filter(code -> !codes.contains(code))
                            .collect(Collectors.toSet())
                    : Set.of();
            DispositionChange change = DispositionChange.of(catalogue, wanted, removed);
            Map<String, Map<String, String>> wrong = change.violations(catalogue);
            FieldReader read = new FieldReader();
            for (int i = 0; i < count; i++) {
                named(read, "dispositions[" + i + "].", wrong.get(wanted.get(i).code()));
            }
            read.violations().throwIfAny();
            return change;
        };
    }

    /** What would be wrong in the tree with one that the request has; with others, the editor says. */
    private static void named(FieldReader fields, String prefix, Map<String, String> wrong) {
        if (wrong != null) {
            wrong.forEach((field, what) -> fields.violations().add(prefix + field, what));
        }
    }

    /** Whoever asks again for what already is so is not told that it has changed. */
    private static void requireEtag(Optional<Disposition> stored, Disposition wanted, String code, String etag) {
        boolean so = stored.filter(wanted::says).isPresent();
        if (!etag.isEmpty() && !so && !etag.equals(stored.map(Disposition::etag).orElse(null))) {
            throw DispositionErrors.stale(code);
        }
    }
}
