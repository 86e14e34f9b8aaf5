package op

// distances score how far the forecast is from what was observed.
func distances() []Family {
	return []Family{
		{
			Name: "squared", Args: []string{"m"}, TeX: `(#1 - y)^2`,
			Doc:   "The square of the miss.",
			Score: "(m - y)^2", Forecast: "m",
		},
		{
			Name: "absolute", Args: []string{"m"}, TeX: `\left|#1 - y\right|`,
			Doc:   "The absolute value of the miss.",
			Score: "abs(m - y)", Forecast: "m",
		},
		{
			Name: "huber", Args: []string{"m", "d"}, TeX: `\operatorname{huber}_{#2}(#1 - y)`,
			Doc:   "Half the square of the miss up to d, d times the absolute miss less d/2 beyond it.",
			Note:  "Huber (1964), Robust estimation of a location parameter; PyTorch's HuberLoss.",
			Score: "e = m - y\nwhere(abs(e) <= d, e^2/2, d .* (abs(e) - d/2))", Forecast: "m",
		},
		{
			Name: "log_cosh", Args: []string{"m"}, TeX: `\log\cosh(#1 - y)`,
			Doc: "The logarithm of the hyperbolic cosine of the miss: smooth, and linear far out.",
			// log cosh e = e + log(1 + exp(−2e)) − log 2, which overflows on neither side
			Score: "e = m - y\ne + softplus(-2*e) - 0.69314718055994530942", Forecast: "m",
		},
	}
}

// densities score by −log of a density of y.
func densities() []Family {
	return []Family{
		{
			Name: "normal", Args: []string{"m", "s"}, Density: true, TeX: `\mathcal{N}(#1, #2)`,
			Doc:   "The normal distribution of mean m and standard deviation s.",
			Score: "((y - m) / s)^2 / 2 + log(s) + 0.91893853320467274178", Forecast: "m",
			Sample: "m + s .* z",
		},
		{
			Name: "student", Args: []string{"m", "s", "nu"}, Density: true, TeX: `t_{#3}(#1, #2)`,
			Doc:  "Student's distribution of location m, scale s and nu degrees of freedom.",
			Note: "Samples by the polar method of Bailey (1994), Polar generation of random variates with the t-distribution.",
			Score: "lgamma(nu / 2) - lgamma((nu + 1) / 2) + log(nu) / 2 + log(s) + 0.57236494292470008707" +
				" + (nu + 1) / 2 .* log(1 + ((y - m) / s)^2 / nu)",
			Forecast: "m",
			// the square root of nu (u^(−2/nu) − 1) is the radius, 2π v the angle
			Sample: "m + s .* sqrt(nu .* max(u^(-2 / nu) - 1, 0)) .* cos(6.28318530717958647693 * v)",
		},
		{
			Name: "laplace", Args: []string{"m", "s"}, Density: true, TeX: `\operatorname{Laplace}(#1, #2)`,
			Doc:   "The Laplace distribution of location m and scale s.",
			Score: "abs(y - m) / s + log(s) + 0.69314718055994530942", Forecast: "m",
			// the inverse distribution function, by the nearer tail
			Sample: "m + s .* where(u < 1/2, log(2*u), -log(2 - 2*u))",
		},
		{
			Name: "lognormal", Args: []string{"m", "s"}, Density: true, TeX: `\operatorname{Lognormal}(#1, #2)`,
			Doc:      "The distribution of a positive number whose logarithm is normal, of mean m and standard deviation s.",
			Score:    "((log(y) - m) / s)^2 / 2 + log(s) + log(y) + 0.91893853320467274178",
			Forecast: "exp(m + s^2/2)", Sample: "exp(m + s .* z)",
		},
	}
}

// counts score by −log of a probability of y.
func counts() []Family {
	return []Family{
		{
			Name: "poisson", Args: []string{"rate"}, TeX: `\operatorname{Poisson}(#1)`,
			Doc:   "The Poisson distribution of counts with mean rate.",
			Score: "rate - where(y == 0, 0, y .* log(rate)) + lgamma(y + 1)", Forecast: "rate", Sample: "poisson_inverse(u, rate)",
		},
		{
			Name: "negbinomial", Args: []string{"mean", "shape"}, TeX: `\operatorname{NB}(#1, #2)`,
			Doc:  "The negative binomial distribution of counts with mean `mean` and variance mean + mean²/shape.",
			Note: "Salinas, Flunkert, Gasthaus and Januschowski (2020), DeepAR, whose alpha is 1/shape.",
			Score: "lgamma(shape) + lgamma(y + 1) - lgamma(y + shape) + shape .* log(1 + mean / shape)" +
				" + where(y == 0, 0, y .* log(1 + shape / mean))",
			Forecast: "mean", Sample: "negbinomial_inverse(u, mean, shape)",
		},
		{
			Name: "bernoulli", Args: []string{"logit"}, TeX: `\operatorname{Bernoulli}(\sigma(#1))`,
			Doc:   "1 with probability sigmoid(logit), otherwise 0. The forecast is the probability.",
			Score: "softplus(logit) - y .* logit", Forecast: "sigmoid(logit)", Sample: "u < sigmoid(logit)",
		},
		{
			Name: "categorical", Args: []string{"logits"}, Whole: true, TeX: `\operatorname{Categorical}(#1)`,
			Doc:   "One of the numbers from 0 to n − 1 for n logits, with the probabilities softmax(logits). The forecast is the likeliest, the first of equals.",
			Score: "logsumexp(logits) - dot(onehot(y, rows(logits)), logits)", Forecast: "argmax(logits)",
			Sample: "argmax(logits - log(-log(u)))", // the largest of them with Gumbel noise
		},
	}
}

// specials are called with a semicolon between two kinds of arguments.
func specials() []Family {
	return []Family{
		{
			Name: "quantile", Args: []string{"q", "p"}, TeX: `\rho_{#2}(y - #1)`,
			Doc:   "quantile(q1, …; p1, …): the pinball loss of each quantile q at its probability p, added up. The forecast is the quantile whose p is nearest 1/2, the first of equals. A sample lies between the quantiles, on straight lines from one to the next, and never beyond the outermost. The formulas are for one pair.",
			Note:  "Koenker and Bassett (1978), Regression quantiles.",
			Score: "max(p .* (y - q), (p - 1) .* (y - q))", Forecast: "q",
		},
		{
			Name: "score", Args: []string{"E", "m"}, TeX: `#1`,
			Doc:   "score(E; m): the expression E as it stands; the forecast is m.",
			Score: "E", Forecast: "m",
		},
	}
}
