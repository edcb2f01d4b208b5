package io.aftercall.signin;

import java.util.regex.Pattern;

/** Where one who has signed in may be sent: to a page of this server, whatever the link says that he came by. */
public final class ReturnPath {

    public static final String HOME = "/ui/floor.html";

    /** A page with what is asked of it; nothing that a browser takes for another host, and nothing that climbs. */
    private static final Pattern PAGE = Pattern.compile(
            "/ui/[a-z0-9-]+(?:/[a-z0-9-]+)*\\.html(?:\\?[A-Za-z0-9_.~=&%+-]*)?(?:#[A-Za-z0-9_.~=&%+/-]*)?");

    private static final int LONGEST = 512;

    private ReturnPath() {}

    /** The path if it is a page's; otherwise where everybody begins. */
    public static String of(String asked) {
        return asked != null && asked.length() <= LONGEST && PAGE.matcher(asked).matches() ? asked : HOME;
    }
}
