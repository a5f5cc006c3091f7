import{a}from"./chunk-5Z7V45RX.js";import"./chunk-AQ7JS2EY.js";import"./chunk-WRUJKUPW.js";export{a as Relations};
