package io.aftercall.disposition;

import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.DispositionRequirement;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What policies say of dispositions, held against the catalogue. */
public final class PolicyDispositions {

    private PolicyDispositions() {}

    /**
     * What a policy says that the catalogue does not bear out, by name of the rule. Without a catalogue there is nothing
     * to be held against.
     */
    public static Map<String, String> violations(PolicyKey key, PolicyRules rules, DispositionCatalogue catalogue) {
        Map<String, String> violations = new LinkedHashMap<>();
        if (catalogue.isEmpty()) {
            return violations;
        }
        String code = rules.get(PolicyField.TIMEOUT_DISPOSITION);
        if (code != null && catalogue.find(code).filter(catalogue::choosable).isEmpty()) {
            violations.put("timeout_disposition", "is not an active disposition of the catalogue");
        } else if (code != null
                && !catalogue.find(code).filter(found -> suits(found, key)).isPresent()) {
            violations.put("timeout_disposition", "is a disposition of another team or queue");
        }
        if (rules.get(PolicyField.DISPOSITION) == DispositionRequirement.REQUIRED && !catalogue.offersAny()) {
            violations.put("disposition", "cannot be required: the catalogue has no active disposition");
        }
        return violations;
    }

    /** The policies that the catalogue does not bear out. */
    public static List<PolicyKey> unfounded(PolicyCascade policies, DispositionCatalogue catalogue) {
        return policies.ordered().stream()
                .filter(policy ->
                        !violations(policy.key(), policy.rules(), catalogue).isEmpty())
                .map(AcwPolicy::key)
                .toList();
    }

    private static boolean suits(Disposition disposition, PolicyKey key) {
        return disposition.scope() == DispositionScope.TENANT
                || disposition.scope().name().equals(key.scope().name())
                        && disposition.scopeId().equals(key.scopeId());
    }
}
