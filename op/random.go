package op

// random are the rows that draw in training, and otherwise give their mean. All of it comes down
// to two leaves, whose numbers whoever builds the graph provides.
func random() []Row {
	return []Row{
		{
			Name: "dropout", Args: []string{"a", "p"}, TeX: `\operatorname{dropout}(#1, #2)`,
			Doc:  "In training a/(1 − p), but 0 with probability p, entry by entry; a otherwise.",
			Note: "Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov (2014), Dropout.",
			Body: "a .* keep(p) / (1 - p)", Calm: "a", Examples: example("dropout(1/2, 1/4)", "1/2"),
		},
		{
			Name: "zoneout", Args: []string{"new", "old", "p"}, TeX: `\operatorname{zoneout}(#1, #2, #3)`,
			Doc:  "In training new, but old with probability p, entry by entry; p·old + (1 − p)·new otherwise.",
			Note: "Krueger, Maharaj, Kramár et al. (2017), Zoneout: regularizing RNNs by randomly preserving hidden activations.",
			Body: "where(keep(p), new, old)", Calm: "p .* old + (1 - p) .* new", Examples: example("zoneout(1, 0, 1/4)", "3/4"),
		},
		{
			Name: "noise", Args: []string{"sd"}, TeX: `\operatorname{noise}(#1)`,
			Doc:  "In training a normal draw of mean 0 and standard deviation sd; 0 otherwise.",
			Body: "sd .* gauss()", Calm: "0", Examples: example("noise(1)", "0"),
		},
		{
			Name: "keep", Args: []string{"p"}, Hidden: true, TeX: `\operatorname{keep}(#1)`,
			Doc:  "In training 0 with probability p and otherwise 1, of the shape that is wanted; 1 when not training.",
			Body: "draw() >= p", Calm: "1",
		},
		{
			Name: "draw", Hidden: true, TeX: `u`,
			Doc: "A uniform draw from 0 up to 1, of the shape that is wanted.",
		},
		{
			Name: "gauss", Hidden: true, TeX: `\varepsilon`,
			Doc: "A normal draw of mean 0 and standard deviation 1, of the shape that is wanted.",
		},
	}
}
