package io.aftercall.store;

import io.aftercall.policy.PolicyRules;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Rules by the names that they have in the contract. */
final class PolicyJson {

    private PolicyJson() {}

    static JsonObject write(PolicyRules rules) {
        JsonObject json = new JsonObject();
        rules.forEachText(json::put);
        return json;
    }

    static PolicyRules read(JsonObject json) {
        PolicyRules rules = PolicyRules.NONE;
        for (Map.Entry<String, Object> rule : json) {
            rules = rules.withText(rule.getKey(), (String) rule.getValue());
        }
        return rules;
    }

    /** The rules of an ACW: all are set, those that have their default are left out. */
    static JsonObject writeComplete(PolicyRules rules) {
        return write(rules.differingFrom(PolicyRules.DEFAULTS));
    }

    static PolicyRules readComplete(JsonObject json) {
        return json.isEmpty() ? PolicyRules.DEFAULTS : read(json).orElse(PolicyRules.DEFAULTS);
    }
}
