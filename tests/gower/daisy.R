# Gower's distances of the invented patients in patients.csv from the first of them, by cluster::daisy, as an
# independent reckoning beside overrides/assets/browser/gower.js. Run in this folder: Rscript daisy.R > daisy.csv
library(cluster)
patients <- read.csv("patients.csv", na.strings = "", stringsAsFactors = TRUE)
weights <- c(age = 1, sex = 1, origin = 3, side = 1, size = 2)
apart <- as.matrix(daisy(patients[, names(weights)], metric = "gower", weights = weights))
write.csv(data.frame(id = patients$id, distance = sprintf("%.12f", apart[, 1])), row.names = FALSE, quote = FALSE)
cat("# R", as.character(getRversion()), "cluster", as.character(packageVersion("cluster")), "\n")
