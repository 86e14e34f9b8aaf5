package naive

import "testing"

const running = `
cell acc(x) -> h {
  state  h = 0
  weight a
  h = x + a*h[t-1]
}
input x
`

// TestCells is about calls.
func TestCells(t *testing.T) {
	runAll(t, []little{
		{name: "forward", // 1, 5/2, 17/4
			cell: running + "g = acc(x)\nloss g",
			data: "x: 1 2 3", weights: "g.a=1/2", loss: "31/4", grad: "g.a=4"},
		{name: "backward", // 11/4, 7/2, 3
			cell: running + "g = backward acc(x)\nloss g",
			data: "x: 1 2 3", weights: "g.a=1/2", loss: "37/4", grad: "g.a=8"},
		{name: "both ways", // f = 1, 2; g = 3, 2
			cell: running + "f = acc(x)\ng = backward acc(f)\nloss g",
			data: "x: 1 1", weights: "f.a=1 g.a=1", loss: "5", grad: "f.a=2 g.a=2"},
		{name: "window in a backward call", // the mirror: 10x[t+2] + x[t+1]
			cell: "cell f(x) -> o {\n state x = 0\n weight a\n o = dot([10, 1], x[t-2 : t-1])*a\n}\ninput x\ng = backward f(x)\nloss g",
			data: "x: 1 2 3", weights: "g.a=1", loss: "35", grad: "g.a=35"},
		{name: "lag of a call", // the result has the cell's state: 0, 1
			cell: running + "g = acc(x)\nloss g[t-1]",
			data: "x: 1 2", weights: "g.a=3", loss: "1", grad: "g.a=0"},
		{name: "inner names", cell: "cell f(x) -> b {\n a = 2*x\n weight w\n b = w*a\n}\ninput x\ng = f(x)\nloss g.a*g.w",
			data: "x: 1 2", weights: "g.w=1", loss: "6", grad: "g.w=6"},
		{name: "state of an argument, lag as argument", // 0, 0, 1
			cell: "cell delay(x, k) -> o {\n state x = 0\n o = x[t-k]\n}\ninput y\nweight w\nh = delay(y, 2)\ny ~ squared(w*h)",
			data: "y: 1 2 3", weights: "w=1", loss: "9", grad: "w=-4"},
		{name: "argument without a state", // x[t-2] is y[t-3]
			cell: "cell delay(x, k) -> o {\n o = x[t-k]\n}\ninput y\nweight w\nh = delay(y[t-1], 2)\ny ~ squared(w*h)",
			data: "y: 1 2 3 5", weights: "w=1", loss: "16", grad: "w=-8"},
		{name: "two results and a shared weight", // p = w*x, q = p + 1
			cell: "cell f(x) -> a, b {\n a = w*x\n b = a + 1\n}\ninput x\nweight w\np, q = f(x)\nloss p*q",
			data: "x: 1 2", weights: "w=1", loss: "8", grad: "w=13"},
		{name: "nested, with sizes", // z = (w0 x, w1 x), o = z0 + z1 each twice over n
			cell: `
size  N = 3
cell wide(x) -> o[n] {
  size n = 2
  weight W
  o = W*x
}
cell both(x) -> s {
  size n
  z = wide(x, n = n)
  s = sum(z) + n + N
}
input x
g = both(x, n = 2)
loss g`,
			data: "x: 1 2", weights: "g.z.W=1;2", loss: "19", grad: "g.z.W=3;3"},
		{name: "call within an expression",
			cell: running + "g = 2*acc(x) + x\nloss g + g.h",
			data: "x: 1 2", weights: "g.a=1", loss: "15", grad: "g.a=3"},
		{name: "outer state of a result", // s = 1, 2 after 1/2
			cell:    "cell twice(x) -> r {\n r = 2*x\n}\nweight w\nstate s = w\ns = twice(s[t-1])\nloss s",
			weights: "w=1/2", opt: Options{Steps: 2}, loss: "3", grad: "w=6"},
		{name: "vector argument with a state of one number", // x[t-1] = (0, 0), (1, 2)
			cell: "cell f(x) -> o[2] {\n state x = 0\n weight W\n o = W*x[t-1]\n}\ninput x[2]\nh = f(x)\nloss sum(h)",
			data: "x: 1;2 3;4", weights: "h.W=1,0;0,1", loss: "3", grad: "h.W=1,2;1,2"},
	})
}

// TestFeeds is about draws and own forecasts.
func TestFeeds(t *testing.T) {
	runAll(t, []little{
		{name: "sampled", // y_1 is seen as w: misses 3, 3 - w²
			cell: "input y\nweight w\ny ~ squared(w*y[t-1])",
			opt:  Options{Feed: "sampled:1/2", Training: true, Uniform: draws(map[string]string{"y_fed": "0 1/3 0"})},
			data: "y: 1 5 3", weights: "w=2", loss: "10", grad: "w=2"},
		{name: "sampled, not in training", // misses 3, 7
			cell: "input y\nweight w\ny ~ squared(w*y[t-1])", opt: Options{Feed: "sampled:1/2"},
			data: "y: 1 5 3", weights: "w=2", loss: "58", grad: "w=64"},
		{name: "error now", // e is 2 - w, then 0 where the own forecast is fed
			cell: "input y\nstate l = 0\nweight w, a\ne = y - l[t-1] - w\nl = l[t-1] + a*e\ny ~ squared(l[t-1] + w)",
			opt:  Options{Feed: "observed:0"},
			data: "y: 2 2 2", weights: "w=1 a=1/2", loss: "3/2", grad: "w=-3 a=-2"},
		{name: "y in ~ is the observed one", // misses 0, -4
			cell: "input y\nweight w\ny ~ squared(w*abs(y))", opt: Options{Feed: "free"},
			data: "y: 1 -2", weights: "w=1", loss: "16", grad: "w=16"},
		{name: "dropout", // kept at t = 1: 2/(3/4); the second call in g: all kept
			cell: "input x\nweight w\nh = w*dropout(x, 1/4)\ng = dropout(x, 0) + dropout(dropout(0, 1/2), 1/2)\nloss h + g",
			opt: Options{Training: true, Uniform: draws(map[string]string{
				"h_keep": "1/8 1/4", "g_keep": "0 0", "g_keep2": "1/2 1/2", "g_keep3": "1/2 1/2"})},
			data: "x: 1 2", weights: "w=3", loss: "11", grad: "w=8/3"},
		{name: "dropout, not in training", cell: "input x\nweight w\nh = w*dropout(x, 1/4)\nloss h",
			data: "x: 1 2", weights: "w=3", loss: "9", grad: "w=3"},
		{name: "zoneout", // h stays at 0, then w*2
			cell: "input x\nweight w\nstate h = 0\nh = zoneout(w*x, h[t-1], 1/4)\nloss h",
			opt:  Options{Training: true, Uniform: draws(map[string]string{"h_keep": "1/8 1/2"})},
			data: "x: 1 2", weights: "w=1", loss: "2", grad: "w=2"},
		{name: "zoneout, not in training", // 3/4, 3/16 + 3/2
			cell: "input x\nweight w\nstate h = 0\nh = zoneout(w*x, h[t-1], 1/4)\nloss h",
			data: "x: 1 2", weights: "w=1", loss: "39/16", grad: "w=39/16"},
	})
}
