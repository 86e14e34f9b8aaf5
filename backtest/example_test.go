package backtest_test

import (
	"context"
	"fmt"

	"unroll/backtest"
	"unroll/series"
)

func ExampleEvaluate() {
	cases := []backtest.Case{
		{ID: "tea", History: []float64{20, 22, 24, 23}, Actual: []float64{25, 26}},
		{ID: "milk", History: []float64{9, 8, 9, 11}, Actual: []float64{10, 12}},
	}
	result, err := backtest.Evaluate(cases, []backtest.Forecasts{
		{Method: backtest.Naive2, Of: []backtest.Forecast{{Point: []float64{23, 23}}, {Point: []float64{11, 11}}}},
		{Method: "mine", Of: []backtest.Forecast{{Point: []float64{24, 25}}, {Point: []float64{11, 12}}}},
	}, backtest.Scoring{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(result.Text())
	// Output:
	// method  sMAPE   MASE    OWA    RMSE     MSE     MAE
	// Naive2  9.699  1.125  1.000   1.775   3.750   1.750
	// mine    4.382  0.487  0.443  0.8536  0.7500  0.7500
}

// Passengers of an airline, in thousands, 1958 to 1960 (Box and Jenkins, series G).
var passengers = []float64{
	340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337,
	360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405,
	417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
}

func ExampleRun() {
	data := series.Set{Series: []series.Series{{
		ID: "air", Columns: map[string]series.Column{"y": series.Dense(1, 1, passengers)},
	}}}
	plan, err := backtest.NewPlan(data, backtest.Options{
		Targets: []string{"y"}, Horizon: 6, Windows: 2, Scoring: backtest.Scoring{Period: 12},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(plan.Text(), "\n")
	grown := backtest.Method{Name: "a tenth more", Fit: func(context.Context, series.Set, int) (backtest.Forecaster, error) {
		return backtest.Forecaster{From: tenthMore}, nil
	}}
	methods := append(backtest.Baselines(plan.Targets, 12, nil), grown)
	result, err := backtest.Run(context.Background(), plan, methods)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(result.Text())
	// Output:
	// 1 series, 6 steps ahead from 2 cut-offs, 6 steps apart. Each method is fitted once, at the first cut-off; the baselines at every one.
	//
	// cut-off  history  forecasts
	// 1        1 to 24  25 to 30
	// 2        1 to 30  31 to 36
	//
	// method         sMAPE   MASE    OWA   RMSE    MSE    MAE
	// Naive         13.824  1.393  1.000  78.16   6292  66.67
	// sNaive        10.572  1.002  0.742  50.66   2571  47.83
	// Naive2        13.824  1.393  1.000  78.16   6292  66.67
	// a tenth more   3.262  0.313  0.230  16.08  274.4  14.92
}

// tenthMore forecasts a tenth more than a year ago.
func tenthMore(_ context.Context, histories series.Set, horizon int) ([]backtest.Forecast, error) {
	var out []backtest.Forecast
	for _, one := range histories.Series {
		y := one.Columns["y"]
		point := make([]float64, horizon)
		for t := range point {
			point[t] = 1.1 * y.At(y.Len()-12+t).Float64(0)
		}
		out = append(out, backtest.Forecast{Point: point})
	}
	return out, nil
}
