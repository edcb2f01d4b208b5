package io.aftercall.ui;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import java.util.stream.Stream;

/** How a user's browser shows pages: its language, its theme and the size of its window in pixels. */
record Look(String language, ColorScheme theme, int width, int height) {

    static final Look DESK = new Look("en-GB", ColorScheme.LIGHT, 1400, 900);

    /** The narrowest that is supported. */
    static final Look NARROW = new Look("es-ES", ColorScheme.LIGHT, 360, 740);

    /** Both languages, both themes and the narrowest window: what is wrong with one is so whatever the others are. */
    static Stream<Look> all() {
        return Stream.of(DESK, new Look("es-ES", ColorScheme.DARK, 1400, 900), NARROW);
    }

    Browser.NewContextOptions options() {
        return new Browser.NewContextOptions()
                .setLocale(language)
                .setColorScheme(theme)
                .setViewportSize(width, height);
    }

    /** As a part of a file's name. */
    @Override
    public String toString() {
        return language.substring(0, 2) + "-" + theme.name().toLowerCase() + "-" + width;
    }
}
