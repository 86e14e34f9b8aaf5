// Package train finds the weights of a graph that make its loss on data small. Fit goes through the data
// in batches of series, or of windows of them, and moves the weights against the gradient of each, which the
// engine of package plan computes. FitEach fits every series for itself, thousands side by side. It knows
// graphs, not files, and no network.
//
// A Problem is what is trained, Options how: the optimiser (Descent), the batches, what is held out for
// validation and when to end. A Result has the weights, and what each Epoch came to. A State is where training
// stands, from which it goes on as if it had never stopped, to the last bit. The same problem and options give
// the same bits on any number of cores.
//
// It isn't for reading data (that is data), nor for binding a file to it or writing a model (the root does
// that, with weights), nor for forecasts.
package train
