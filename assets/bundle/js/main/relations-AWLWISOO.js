import{a}from"./chunk-QMWEXUKW.js";import"./chunk-O4QGZQD2.js";import"./chunk-PMFCQQQX.js";export{a as Relations};
