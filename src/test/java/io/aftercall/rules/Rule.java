package io.aftercall.rules;

import java.util.function.Consumer;

/**
 * A row of a table: a rule and a scene that shows it.
 *
 * @param name the rule, in words
 */
record Rule(String name, Consumer<Scene> given, Consumer<Scene> when, Consumer<Scene> then) {

    static Rule rule(String name, Consumer<Scene> given, Consumer<Scene> when, Consumer<Scene> then) {
        return new Rule(name, given, when, then);
    }

    /** Nothing needs to have happened before. */
    static void nothing(Scene scene) {}

    void play(Scene scene) {
        given.accept(scene);
        scene.accepted();
        when.accept(scene);
        then.accept(scene);
    }

    @Override
    public String toString() {
        return name;
    }
}
