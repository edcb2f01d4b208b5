package io.aftercall.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server on which nothing has happened yet: what its first page says, before the button on it is used. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstRunIT {

    @RegisterExtension
    static final ServedPages pages = new ServedPages();

    @Order(1)
    @ParameterizedTest
    @MethodSource("io.aftercall.ui.Look#all")
    void anEmptyFloorSaysWhatToDoNext(Look look) {
        Page page = pages.open("/", look);
        assertThat(page.locator("first-run button")).isEnabled();
        assertThat(page.locator("first-run pre")).containsText("/api/v1/AcwService/StartAcw");
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as("nothing is beyond the window's edge")
                .isLessThanOrEqualTo(look.width());
        ServedPages.picture(page, "first-run-" + look);
        ServedPages.assertAccessible(page);
    }

    @Test
    @Order(1)
    void theFirstAddressCanBeLookedAtWithoutItsPage() {
        assertThat(pages.window(Look.DESK).request().head(pages.address("/")).ok())
                .isTrue();
    }

    @Test
    @Order(1)
    void whereThereIsNoPageOrNothingToSignInToThereIsAWayOn() {
        Page page = pages.open("/nope");
        for (String heading : new String[] {"There is no such page", "Aftercall"}) {
            assertThat(page.getByRole(AriaRole.HEADING)).hasText(heading);
            assertThat(page.locator("main a")).hasAttribute("href", Pattern.compile("/ui/floor.html"));
            ServedPages.assertAccessible(page);
            page.navigate(pages.address("/ui/sign-in.html"));
        }
        assertThat(page.locator("main")).containsText("Nobody has to sign in on this server.");
    }

    @Test
    @Order(2)
    void oneButtonStartsACallCentreAndOneStopsIt() {
        Page other = pages.open("/");
        assertThat(other.locator("first-run button")).isEnabled();
        Page page = pages.open("/");
        Locator button = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start it"));
        assertThat(button).isEnabled();

        button.click();

        // Agents are there within two seconds on a machine that has nothing else to do.
        assertThat(page.locator(".tile")).hasCount(30);
        Locator strip = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Simulated call centre"));
        assertThat(strip).containsText("is open");
        assertThat(other.locator("first-run")).containsText("is open");
        other.getByLabel("Group by").selectOption("Team");
        assertThat(other.locator(".group h2")).containsText(new String[] {"north", "south", "west"});
        assertThat(strip)
                .containsText(
                        Pattern.compile("[1-9]\\d* calls taken"),
                        new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
        ServedPages.picture(page, "simulator");
        ServedPages.assertAccessible(page);

        strip.getByText("Stop").click();
        assertThat(strip).containsText("is closed");
        assertThat(strip.getByText("Start again")).isEnabled();
        // Who was in a call has after-call work to do before he goes.
        assertThat(page.locator(".status.AGENT_STATUS_OFFLINE b"))
                .hasText("30", new LocatorAssertions.HasTextOptions().setTimeout(60_000));
    }
}
