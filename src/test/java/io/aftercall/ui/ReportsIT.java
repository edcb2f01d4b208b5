package io.aftercall.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.aftercall.api.v1.AcwFigures;
import io.aftercall.api.v1.AcwReportQuery;
import io.aftercall.api.v1.AcwReportRow;
import io.aftercall.api.v1.Agent;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.ExtendAcwRequest;
import io.aftercall.api.v1.GetAcwReportRequest;
import io.aftercall.api.v1.GetAcwReportResponse;
import io.aftercall.api.v1.GetPaddingReportRequest;
import io.aftercall.api.v1.Interaction;
import io.aftercall.api.v1.PaddingReportRow;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.ReportDimension;
import io.aftercall.api.v1.ReportInterval;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.UpdateAgentRequest;
import io.aftercall.rpc.Client;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports in a real browser, beside the answers of the calls: all of the same work, which nobody adds to. */
@TestInstance(Lifecycle.PER_CLASS)
class ReportsIT {

    /** In pixels of CSS. */
    private static final int A4_WIDTH = 794;

    /** Where it is about noon: all of the work is of one day, whenever this runs. */
    private static final ZoneId ZONE = noon(LocalTime.now(ZoneOffset.UTC).getHour());

    private static final Pattern PAGE_TOKEN = Pattern.compile("\"page_token\":\"(\\d+)\"");

    @RegisterExtension
    static final ServedPages pages = new ServedPages();

    private static final String IN_ZONE = "tz=" + URLEncoder.encode(ZONE.getId(), StandardCharsets.UTF_8);

    /** Names of these zones have the sign the other way round. */
    private static ZoneId noon(int hour) {
        return ZoneId.of("Etc/GMT%+d".formatted(hour - 12));
    }

    private final String team = Client.fresh("team");
    private final String ana = Client.fresh("ana");
    private final String ben = Client.fresh("ben");
    private final String sales = Client.fresh("sales");
    private final String support = Client.fresh("support");
    private int calls;

    /** Ana: two calls for sales, one of them extended; one for support. Ben: one for sales, which runs to its limit. */
    @BeforeAll
    void work() {
        for (String id : List.of(ana, ben)) {
            pages.client()
                    .directory()
                    .updateAgent(UpdateAgentRequest.newBuilder()
                            .setAgent(Agent.newBuilder().setAgentId(id).setTeamId(team))
                            .build());
        }
        pages.client()
                .rules(
                        ana,
                        Policy.newBuilder()
                                .setDuration(Client.seconds(60))
                                .setMaxExtensions(1)
                                .setExtensionDuration(Client.seconds(30)));
        pages.client().rules(ben, Policy.newBuilder().setDuration(Client.seconds(1)));
        start(ben, sales, 90);
        String extended = start(ana, sales, 120);
        pages.client()
                .acw()
                .extendAcw(ExtendAcwRequest.newBuilder()
                        .setAgentId(ana)
                        .setInteractionId(extended)
                        .build());
        complete(extended);
        complete(start(ana, sales, 60));
        complete(start(ana, support, 30));
        await().until(() -> pages.client().state(ben).getAcwsCount() == 0);
    }

    @Test
    void showsTheFiguresThatTheServerHas() {
        Page page = open("&by=queue");
        GetAcwReportResponse report = report(ReportDimension.REPORT_DIMENSION_QUEUE);
        AcwFigures total = report.getTotal();

        assertThat(total(page, "handled_count")).hasText("4");
        assertThat(total(page, "acw_count")).hasText("4");
        assertThat(total(page, "average_acw_duration")).hasText(span(total.getAverageAcwDuration()));
        assertThat(total(page, "p90_acw_duration")).hasText(span(total.getP90AcwDuration()));
        assertThat(total(page, "extension_rate")).hasText("25%");
        assertThat(total(page, "acw_share"))
                .hasText(BigDecimal.valueOf(total.getAcwShare() * 100)
                                .setScale(1, RoundingMode.HALF_UP)
                                .stripTrailingZeros()
                                .toPlainString()
                        + "%");
        Locator rows = part(page, "By queue").locator("tbody tr");
        assertThat(rows).hasCount(2);
        for (AcwReportRow row : report.getRowsList()) {
            AcwFigures figures = row.getFigures();
            assertThat(rows.filter(new Locator.FilterOptions().setHasText(row.getQueueId()))
                            .locator("td"))
                    .hasText(new String[] {
                        Long.toString(figures.getAcwCount()),
                        span(figures.getAverageAcwDuration()),
                        span(figures.getP50AcwDuration()),
                        span(figures.getP90AcwDuration()),
                        span(figures.getP95AcwDuration()),
                        span(figures.getMaxAcwDuration())
                    });
        }
        assertThat(part(page, "Why ACWs ended").locator("tbody tr")).hasText(new Pattern[] {
            Pattern.compile("Completed\\s*3\\s*75%"), Pattern.compile("Timed out\\s*1\\s*25%")
        });
        assertThat(part(page, "Over time").locator("tbody tr")).hasCount(hoursOfWork());
        assertThat(page.locator("canvas[role=img]")).hasCount(4);
        assertThat(
                        (Boolean)
                                page.evaluate(
                                        """
                        [...document.querySelectorAll('canvas')].every((canvas) => canvas.getContext('2d')
                            .getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0))
                        """))
                .as("every chart is drawn")
                .isTrue();
    }

    @Test
    void theFileHasTheSameRowsAsTheTable() throws IOException {
        Page page = open("&by=agent,queue&show=extensions");
        Locator part = part(page, "By agent × queue");
        assertThat(part.locator("tbody tr")).hasCount(3);

        List<String> lines = Files.readAllLines(
                page.waitForDownload(() -> part.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("CSV"))
                                .click())
                        .path());

        List<String> head = List.of(lines.get(0).split(",", -1));
        assertThat(lines.stream().skip(1).map(line -> {
                    List<String> cells = List.of(line.split(",", -1));
                    return Cells.of(
                            cells.get(head.indexOf("agent_id")),
                            cells.get(head.indexOf("queue_id")),
                            cells.get(head.indexOf("acw_count")),
                            cells.get(head.indexOf("extended_count")));
                }))
                .containsExactlyElementsOf(part.locator("tbody tr").all().stream()
                        .map(row -> row.locator("th, td").allTextContents())
                        .map(cells -> Cells.of(
                                cells.get(0).strip(),
                                cells.get(1).strip(),
                                cells.get(2).strip(),
                                cells.get(3).strip()))
                        .toList());
    }

    /** What is compared of a row. */
    private record Cells(String agentId, String queueId, String acws, String extended) {
        static Cells of(String agentId, String queueId, String acws, String extended) {
            return new Cells(agentId, queueId, acws, extended);
        }
    }

    @Test
    void whatIsAskedIsInTheAddressAndTheBackButtonGoesBack() {
        Page page = open("");
        assertThat(part(page, "By queue").locator("tbody tr")).hasCount(2);

        page.getByLabel("agent", new Page.GetByLabelOptions().setExact(true)).check();
        assertThat(part(page, "By queue × agent").locator("tbody tr")).hasCount(3);
        page.getByLabel("Queues").last().fill(sales);
        page.keyboard().press("Enter");
        assertThat(part(page, "By queue × agent").locator("tbody tr")).hasCount(2);
        assertThat(total(page, "acw_count")).hasText("3");
        assertThat(page).hasURL(Pattern.compile("by=queue%2Cagent.*queue=" + sales));
        page.reload();
        assertThat(part(page, "By queue × agent").locator("tbody tr")).hasCount(2);
        page.goBack();
        assertThat(part(page, "By queue × agent").locator("tbody tr")).hasCount(3);
        page.goBack();
        assertThat(part(page, "By queue").locator("tbody tr")).hasCount(2);
        assertThat(page.getByLabel("agent", new Page.GetByLabelOptions().setExact(true)))
                .not()
                .isChecked();

        page.getByLabel("Period").selectOption("Yesterday");
        assertThat(part(page, "By queue")).containsText("Nothing happened in this period");
        page.getByLabel("Period").selectOption("This week");
        assertThat(part(page, "By queue").locator("tbody tr")).hasCount(2);
        page.getByLabel("Interval").selectOption("None");
        assertThat(part(page, "Over time")).hasCount(0);
    }

    /** Days begin when they begin there, whatever the browser's zone is. */
    @Test
    void daysAreThoseOfTheTimeZone() {
        Page page = pages.open(
                "/ui/reports.html?span=custom&from=2026-10-24T00:00&to=2026-10-27T00:00&tz=Europe/Madrid&interval=day");
        page.waitForRequest(
                request -> request.url().endsWith("/GetAcwReport")
                        && request.postData().contains("2026-10-23T22:00:00.000Z")
                        && request.postData().contains("2026-10-26T23:00:00.000Z"),
                () -> page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Refresh"))
                        .click());
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);

        assertThat(wallTime(page, "2026-10-25T02:30", "Europe/Madrid"))
                .as("the first of two")
                .isEqualTo("2026-10-25T00:30:00Z");
        assertThat(wallTime(page, "2026-03-08T00:00", "America/Havana"))
                .as("there is no midnight")
                .isEqualTo("2026-03-08T05:00:00Z");
    }

    private static String wallTime(Page page, String wall, String zone) {
        Object millis = page.evaluate(
                "async (given) => (await import('/ui/reports/zones.js')).timeOf(...given)", List.of(wall, zone));
        return Instant.ofEpochMilli(((Number) millis).longValue()).toString();
    }

    @Test
    void mistakesAreNamedAndTheServerMayBeAway() {
        Page page = open("&span=custom&from=2026-11-01T00:07&to=2026-11-02T00:00");
        assertThat(page.getByRole(AriaRole.ALERT).first()).containsText("From: must be on a quarter of an hour");
        page.getByLabel("Time zone").fill("Europe/Nowhere");
        page.getByLabel("Time zone").press("Enter");
        assertThat(page.getByText("No such time zone")).isVisible();

        page.route("**/GetAcwReport", Route::abort);
        page.getByLabel("Period").selectOption("Today");
        assertThat(page.getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText("does not answer")))
                .hasCount(3);
        page.unroute("**/GetAcwReport");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Refresh"))
                .click();
        assertThat(page.getByText("does not answer")).hasCount(0);
        assertThat(total(page, "handled_count")).isVisible();
    }

    @Test
    void tellsWhoRunsToTheLimitAsTheServerDoes() {
        PaddingReportRow row = pages.client()
                .reports()
                .getPaddingReport(GetPaddingReportRequest.newBuilder()
                        .setStartTime(Timestamps.fromSeconds(midnight()))
                        .setEndTime(Timestamps.fromSeconds(midnight() + 86_400))
                        .addTeamIds(team)
                        .setMinAcwCount(1)
                        .build())
                .getRowsList()
                .get(0);
        Page page = open("&report=padding&min=1&team=" + team);

        Locator rows = part(page, "ACW that runs to the limit").locator("tbody tr");
        assertThat(rows).hasCount(1);
        assertThat(rows.first().locator("th, td")).hasText(new String[] {
            row.getAgentId(),
            row.getQueueId(),
            "100%",
            Long.toString(row.getAtLimitCount()),
            Long.toString(row.getLimitedCount()),
            Long.toString(row.getAcwCount()),
            "0%",
            span(row.getAverageAcwDuration()),
            span(row.getQueueAverageAcwDuration()),
            "100%"
        });
        ServedPages.picture(page, "padding");
        ServedPages.assertAccessible(page);
    }

    @Test
    void onPaperThereIsBlackOnWhiteAndNothingToPress() {
        BrowserContext window = pages.window(new Look("en-GB", ColorScheme.DARK, 1400, 900));
        Page page = window.newPage();
        page.navigate(pages.address("/ui/reports.html?" + IN_ZONE + "&team=" + team));
        assertThat(part(page, "By queue").locator("tbody tr")).hasCount(2);

        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.getByLabel("Period")).isHidden();
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("CSV")))
                .hasCount(0);
        assertThat(page.locator("header")).isHidden();
        assertThat(page.locator(".asked")).containsText("Teams: " + team);
        assertThat(page.locator(".asked")).containsText("(" + ZONE + ")");
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(255, 255, 255)");
        assertThat(page.locator("h1")).hasCSS("color", "rgb(0, 0, 0)");
        ServedPages.picture(page, "reports-print");
        page.setViewportSize(A4_WIDTH, 1_123);
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(A4_WIDTH);
        assertThat(
                        (Boolean)
                                page.evaluate(
                                        """
                        [...document.querySelectorAll('canvas')].every((canvas) =>
                            canvas.getBoundingClientRect().width <= canvas.parentElement.clientWidth)
                        """))
                .as("charts are not wider than their place on paper")
                .isTrue();
        ServedPages.picture(page, "reports-print-a4");
    }

    @Test
    void isUsedWithTheKeyboardAlone() {
        Page page = open("&by=agent");
        Locator part = part(page, "By agent");
        assertThat(part.locator("tbody tr")).hasCount(2);
        page.getByLabel("Period").focus();
        page.keyboard().press("ArrowDown");
        assertThat(part).containsText("Nothing happened");
        page.keyboard().press("ArrowUp");
        assertThat(part.locator("tbody tr")).hasCount(2);

        Locator acws = part.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("ACWs"));
        for (int i = 0;
                i < 60 && acws.evaluate("e => e !== document.activeElement").equals(true);
                i++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");
        assertThat(part.locator("th[aria-sort=descending]")).containsText("ACWs");
        assertThat(part.locator("tbody tr").first()).containsText(ana);
        page.keyboard().press("Enter");
        assertThat(part.locator("th[aria-sort=ascending]")).containsText("ACWs");
        assertThat(part.locator("tbody tr").first()).containsText(ben);
    }

    @Test
    void whoMaySeeNoAgentsApartIsNotOfferedThem() {
        BrowserContext window = pages.window(Look.DESK);
        window.route(
                "**/api/session",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"roles\":[\"viewer\"],\"team_ids\":[],\"agent_id\":\"\",\"server_time\":\""
                                + Instant.now() + "\"}")));
        Page page = window.newPage();
        page.navigate(pages.address("/ui/reports.html?report=padding"));
        assertThat(page.getByLabel("queue", new Page.GetByLabelOptions().setExact(true)))
                .isVisible();
        assertThat(page.getByLabel("agent", new Page.GetByLabelOptions().setExact(true)))
                .hasCount(0);
        assertThat(page.getByText("At the limit")).hasCount(0);
    }

    @Test
    void tenThousandRowsDoNotFreezeThePage() {
        BrowserContext window = pages.window(Look.DESK);
        window.route("**/GetAcwReport", route -> {
            String asked = route.request().postData();
            if (!asked.contains("DIMENSION_AGENT\"]")) {
                route.resume();
                return;
            }
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(rows(pageOf(asked))));
        });
        Page page = window.newPage();
        page.navigate(pages.address("/ui/reports.html?" + IN_ZONE + "&by=agent"));
        Locator part = part(page, "By agent");
        assertThat(part).containsText("100 of the first 1,000 rows");
        assertThat(part.locator("tbody tr")).hasCount(100);
        page.evaluate(
                """
                () => {
                  window.longest = 0;
                  new PerformanceObserver((list) => list.getEntries().forEach((task) => {
                    window.longest = Math.max(window.longest, task.duration);
                  })).observe({ type: 'longtask' });
                }
                """);
        Locator more = part.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("More"));
        for (int shown = 200; shown <= 1_100; shown += 100) {
            more.click();
            assertThat(part.locator("tbody tr")).hasCount(shown);
        }
        assertThat(part).containsText("1,100 of the first 2,000 rows");
        part.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Average ACW"))
                .click();
        assertThat(part.locator("tbody tr").first()).containsText("33:19");
        assertThat(((Number) page.evaluate("window.longest")).doubleValue()).isLessThan(1_000);
    }

    private static int pageOf(String asked) {
        Matcher token = PAGE_TOKEN.matcher(asked);
        return token.find() ? Integer.parseInt(token.group(1)) : 0;
    }

    private static String rows(int page) {
        return IntStream.range(page * 1_000, page * 1_000 + 1_000)
                .mapToObj(i ->
                        """
                        {"start_time":"2026-11-29T00:00:00Z","end_time":"2026-11-30T00:00:00Z","agent_id":"agent-%d",
                        "figures":{"acw_count":"1","average_acw_duration":"%ds","p50_acw_duration":"1s"}}
                        """
                                .formatted(i, i))
                .collect(Collectors.joining(
                        ",",
                        "{\"rows\":[",
                        "],\"total\":{},\"next_page_token\":\"" + (page < 9 ? page + 1 : "") + "\"}"));
    }

    @ParameterizedTest
    @MethodSource("io.aftercall.ui.Look#all")
    void isAccessibleInEachLook(Look look) {
        Page page = pages.open("/ui/reports.html?" + IN_ZONE + "&by=agent,queue&show=reasons&team=" + team, look);
        assertThat(page.locator("report-section").last().locator("tbody tr")).hasCount(3);
        page.locator("details.all summary").click();
        assertThat(page.locator("report-section")).hasCount(3);
        assertThat(page.locator("report-section").last().locator("tbody tr")).hasCount(3);
        assertThat(page.locator("html")).hasAttribute("lang", look.language().substring(0, 2));
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as("nothing is beyond the window's edge")
                .isLessThanOrEqualTo(look.width());
        ServedPages.picture(page, "reports-" + look);
        ServedPages.assertAccessible(page);
    }

    /** Everything that is asked for comes compressed, with the library for the charts. */
    @Test
    void thePageIsSmall() {
        BrowserContext window = pages.window(Look.DESK);
        Page page = window.newPage();
        page.navigate(pages.address("/ui/reports.html"));
        assertThat(total(page, "handled_count")).isVisible();
        page.waitForFunction(
                "globalThis.Chart !== undefined || document.querySelector('report-section p[role=status]')");
        Map<String, Integer> sizes = page.evaluate(
                                """
                        performance.getEntriesByType('resource').map((one) => [one.name, one.encodedBodySize])
                        """)
                        instanceof List<?> all
                ? all.stream()
                        .map(List.class::cast)
                        .collect(toMap(one -> (String) one.get(0), one -> (Integer) one.get(1), Integer::sum))
                : Map.of();
        assertThat(sizes).isNotEmpty();
        assertThat(sizes.values().stream().mapToInt(Integer::intValue).sum()).isLessThan(200 * 1_024);
    }

    // ---- how

    private String start(String agentId, String queueId, int talkSeconds) {
        long now = System.currentTimeMillis();
        Interaction.Builder call = Client.call("call-" + ++calls + "-of-" + agentId)
                .setQueueId(queueId)
                .setAnswerTime(Timestamps.fromMillis(now - talkSeconds * 1_000L))
                .setEndTime(Timestamps.fromMillis(now))
                .setHoldDuration(Client.seconds(5));
        pages.client()
                .acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteraction(call)
                        .build());
        return call.getInteractionId();
    }

    private void complete(String interactionId) {
        pages.client()
                .acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(ana)
                        .setInteractionId(interactionId)
                        .build());
    }

    /** Two where the clock has struck meanwhile. */
    private int hoursOfWork() {
        return pages.client()
                .reports()
                .getAcwReport(GetAcwReportRequest.newBuilder()
                        .setQuery(AcwReportQuery.newBuilder()
                                .setStartTime(Timestamps.fromSeconds(midnight()))
                                .setEndTime(Timestamps.fromSeconds(midnight() + 86_400))
                                .setTimeZone(ZONE.getId())
                                .setInterval(ReportInterval.REPORT_INTERVAL_HOUR)
                                .addTeamIds(team))
                        .build())
                .getRowsCount();
    }

    private GetAcwReportResponse report(ReportDimension by) {
        return pages.client()
                .reports()
                .getAcwReport(GetAcwReportRequest.newBuilder()
                        .setQuery(AcwReportQuery.newBuilder()
                                .setStartTime(Timestamps.fromSeconds(midnight()))
                                .setEndTime(Timestamps.fromSeconds(midnight() + 86_400))
                                .addTeamIds(team)
                                .addGroupBy(by))
                        .build());
    }

    private static long midnight() {
        return LocalDate.now(ZONE).atStartOfDay(ZONE).toEpochSecond();
    }

    private Page open(String more) {
        return pages.open("/ui/reports.html?" + IN_ZONE + (more.contains("team=") ? "" : "&team=" + team) + more);
    }

    private static Locator part(Page page, String name) {
        return page.getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .first();
    }

    private static Locator total(Page page, String key) {
        return page.locator("[data-total=" + key + "] dd");
    }

    /** In whole seconds. */
    private static String span(Duration duration) {
        long seconds = Math.round(Durations.toNanos(duration) / 1e9);
        return "%d:%02d".formatted(seconds / 60, seconds % 60);
    }
}
