package forecast

// Draws are the random numbers of a path.
var Draws = draw
