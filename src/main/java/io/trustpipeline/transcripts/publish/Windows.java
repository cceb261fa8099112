package io.trustpipeline.transcripts.publish;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/** The stretches of time that are summed up: calendar months, and four weeks from each Monday. */
final class Windows {
    private static final int WEEKS = 4;

    private Windows() {}

    /** First and last day. */
    record Window(LocalDate start, LocalDate end) {}

    /** Every window that a day lies in. */
    static List<Window> around(LocalDate day) {
        List<Window> windows = new ArrayList<>();
        windows.add(new Window(day.withDayOfMonth(1), day.with(TemporalAdjusters.lastDayOfMonth())));
        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        for (int week = 0; week < WEEKS; week++) {
            LocalDate start = monday.minusWeeks(week);
            windows.add(new Window(start, start.plusWeeks(WEEKS).minusDays(1)));
        }
        return windows;
    }
}
