import{a}from"./chunk-ROQYDZ4R.js";import"./chunk-LLNIEJMU.js";import"./chunk-WRUJKUPW.js";export{a as archiveFailed};
