import{a}from"./chunk-KYNONNBZ.js";import"./chunk-U3JR2LVP.js";import"./chunk-O3MOY7OY.js";export{a as Relations};
