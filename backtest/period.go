package backtest

// CalendarPeriod is how many steps a season has if values come every n units: a day of hours, minutes or half hours, a
// week of days, a year of weeks, months or quarters. It is 1 if there is no such season.
func CalendarPeriod(unit string, n int) int {
	whole := map[string]int{"second": 60, "minute": 24 * 60, "hour": 24, "day": 7, "business day": 5, "week": 52, "month": 12, "quarter": 4}[unit]
	if n < 1 || whole%n != 0 {
		return 1
	}
	return max(whole/n, 1)
}
