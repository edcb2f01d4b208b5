package io.aftercall.store;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a plan of PostgreSQL's (EXPLAIN in JSON) reads of tables, and by which conditions. */
final class ScannedTables {

    private static final List<String> OWN_CONDITIONS = List.of("Index Cond", "Recheck Cond", "Filter");
    private static final List<String> JOIN_CONDITIONS = List.of("Hash Cond", "Merge Cond", "Join Filter");
    private static final Pattern OWN_TENANT = Pattern.compile("\\btenant_id = |= (\\w+\\.)?tenant_id\\b");

    private final List<String> ofTenants;
    private final Set<String> withoutTenant = new TreeSet<>();

    /**
     * @param ofTenants the tables that have a tenant's rows
     */
    ScannedTables(JsonObject plan, List<String> ofTenants) {
        this.ofTenants = ofTenants;
        visit(plan, "");
    }

    /** Of which the plan reads rows without an equation of their tenant, by their own condition or by that of a join. */
    Set<String> withoutTenant() {
        return withoutTenant;
    }

    private void visit(JsonObject node, String joins) {
        String table = node.getString("Relation Name");
        if (table != null && isOfTenants(table) && node.getString("Node Type").endsWith("Scan")) {
            Pattern joined = Pattern.compile(
                    "\\b%1$s\\.tenant_id = |= %1$s\\.tenant_id\\b".formatted(Pattern.quote(node.getString("Alias"))));
            if (!OWN_TENANT.matcher(conditions(node, OWN_CONDITIONS)).find()
                    && !joined.matcher(joins).find()) {
                withoutTenant.add(table);
            }
        }
        String below = joins + conditions(node, JOIN_CONDITIONS);
        children(node).forEach(child -> visit(child, below));
    }

    /** Or a part of such a one. */
    private boolean isOfTenants(String table) {
        return ofTenants.contains(table) || table.startsWith("change_log_");
    }

    private static String conditions(JsonObject node, List<String> names) {
        StringBuilder conditions = new StringBuilder();
        names.forEach(name -> conditions.append(node.getString(name, "")).append(' '));
        return conditions.toString();
    }

    private static Stream<JsonObject> children(JsonObject node) {
        return node.getJsonArray("Plans", new JsonArray()).stream().map(JsonObject.class::cast);
    }
}
