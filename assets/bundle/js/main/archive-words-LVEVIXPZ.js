import{a}from"./chunk-H2W5DUFW.js";import"./chunk-MGEKSEMW.js";import"./chunk-O3MOY7OY.js";export{a as archiveFailed};
