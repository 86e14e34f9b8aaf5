package backtest_test

import (
	"fmt"

	"unroll/backtest"
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
