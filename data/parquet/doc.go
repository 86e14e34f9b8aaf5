// Package parquet turns Parquet files into the columns that package data reads, and columns into Parquet
// files. What the columns mean, which are the series, whether times are missing, is all said by data.
//
// Read is data.Read for such a file; Write writes columns, as data.Write does. Columns within lists
// and maps are left out. A file that is cut off, or is something else, is a data.Error.
package parquet
